// Comfort on the result page. Nothing depends on it.

const opened = [];

// Paper shows what is closed on the screen, also where the style alone cannot open it.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll(".qm-ergebnis details:not([open])")) {
    part.open = true;
    opened.push(part);
  }
});
addEventListener("afterprint", () => {
  for (const part of opened.splice(0)) part.open = false;
});

// A link to a finding opens what it stands in.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  target.querySelector("details")?.setAttribute("open", "");
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash === location.hash) reveal();
});
reveal();
