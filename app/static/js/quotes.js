// Words selected in a clause get a link to the page where they are commented on. The clause's element says where that
// is: `data-quote-to`, an address with a query. The link itself stands once on the page, hidden.
const bar = document.querySelector("[data-quote]");
const link = bar.querySelector("[data-quote-link]");
const crossing = bar.querySelector("[data-quote-crossing]");
// An address holds so much; the page finds the rest of a longer selection by its length.
const MOST = 200;

function clauseOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest("[data-quote-to]") ?? null;
}

function offer() {
  const selection = document.getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const words = range ? range.toString() : "";
  const clause = range && clauseOf(range.startContainer);
  if (!clause || words.trim().length < 2) {
    bar.hidden = true;
    return;
  }
  // Three clicks select a paragraph up to the beginning of the next one.
  const within = range.cloneRange();
  if (!clause.contains(range.endContainer)) within.setEnd(clause, clause.childNodes.length);
  const isInside = within.toString().trim() === words.trim();
  link.hidden = !isInside;
  crossing.hidden = isInside;
  bar.hidden = false;
  if (!isInside) return;
  const before = document.createRange();
  before.setStart(clause, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const skipped = words.length - words.trimStart().length;
  const quote = words.trim();
  const address = new URL(clause.dataset.quoteTo, document.baseURI);
  address.searchParams.set("quote", quote.slice(0, MOST).trimEnd());
  address.searchParams.set("start", String(before.toString().length + skipped));
  if (quote.length > MOST) address.searchParams.set("length", String(quote.length));
  link.href = address.href;
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(offer, 150);
});
