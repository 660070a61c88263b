// Starts what a page asks for and loads nothing else: GOV.UK behaviour for [data-module], htmx for [hx-get] or [hx-post].
const page = document.body;
const own = document.querySelector("script[data-start]").dataset;

page.classList.add("js-enabled", "govuk-frontend-supported");

// The skip link works by itself; its part of the script only mends browsers that nobody has any more.
if (document.querySelector("[data-module^='govuk-']:not(.govuk-skip-link)")) {
  import(own.govuk).then(({ initAll }) => initAll());
}

// What is fetched in place needs its room first; without that, links stay links.
const room = document.querySelector("[data-clauses] [hx-get]") ? import(own.clausesScript) : null;

// htmx starts itself only while the page is being parsed or once it is complete; in between it would wait for ever.
async function loadHtmx() {
  await room;
  const script = document.createElement("script");
  script.src = own.htmx;
  document.head.append(script);
}

if (document.querySelector("[hx-get], [hx-post]")) {
  if (document.readyState === "complete") loadHtmx();
  else window.addEventListener("load", loadHtmx);
}

// What cannot be done in place is done as a page, which says why.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail: { elt: asked, requestConfig } }) => {
    if (asked.matches("a[href]")) window.location.assign(asked.href);
    if (!asked.matches("form[action]")) return;
    const pressed = requestConfig.triggeringEvent?.submitter;
    if (pressed?.name) {
      const kept = document.createElement("input");
      Object.assign(kept, { type: "hidden", name: pressed.name, value: pressed.value });
      asked.append(kept);
    }
    asked.submit();
  });
}

if (document.querySelector("[data-quote]") && document.querySelector("[data-quote-to]")) import(own.quotes);

// A button that copies an address shows itself only where copying works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-copied]").hidden = false;
  });
}

if (document.querySelector("form[data-keep]")) import(own.keep);
