// What is typed at the desk outlives a broken connection: kept in this tab until the page shows it as saved.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `keep:${form.dataset.keep}`;
  const box = form.querySelector("textarea");
  const offer = form.querySelector("[data-kept]");
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const kept = sessionStorage.getItem(key);

  if (kept !== null && plain(box.value).includes(plain(kept))) sessionStorage.removeItem(key);
  else if (kept !== null && offer) {
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => {
      box.value = box.value.trim() ? `${box.value}\n\n${kept}` : kept;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      offer.hidden = true;
      box.focus();
    });
  }
  box.addEventListener("input", () => {
    if (plain(box.value)) sessionStorage.setItem(key, box.value);
    else sessionStorage.removeItem(key);
  });
}
