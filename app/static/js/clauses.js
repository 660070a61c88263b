// The comments of a chosen clause beside the text, below the clause on a phone. Without this file each number is a link.
const text = document.querySelector("[data-clauses]");
const room = document.querySelector("[data-beside]");
const home = room.parentNode;
const narrow = window.matchMedia("(max-width: 999px)");
// Links in the room itself are others, also where it stands in the text.
const LINKS = ".uq-clause a[hx-get]";
let chosen = null;

function linkOf(event) {
  return event.target.closest?.(LINKS) ?? null;
}

function leave() {
  chosen?.closest(".uq-clause").classList.remove("uq-clause--chosen");
  room.hidden = true;
}

// A new tab or window stays a new tab or window.
text.addEventListener("click", (event) => {
  if (linkOf(event) && (event.ctrlKey || event.metaKey || event.shiftKey)) event.stopPropagation();
}, true);

text.addEventListener("htmx:beforeRequest", (event) => {
  if (linkOf(event)) room.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterSwap", (event) => {
  const link = event.detail.requestConfig?.elt;
  if (!link?.matches(LINKS)) return;
  leave();
  chosen = link;
  const clause = link.closest(".uq-clause");
  clause.classList.add("uq-clause--chosen");
  if (narrow.matches) clause.after(room);
  else home.append(room);
  room.hidden = false;
  room.removeAttribute("aria-busy");
  room.scrollTop = 0;
  room.focus({ preventScroll: true });
  if (narrow.matches) clause.scrollIntoView();
});

room.querySelector("[data-beside-close]").addEventListener("click", () => {
  leave();
  chosen?.focus();
});
