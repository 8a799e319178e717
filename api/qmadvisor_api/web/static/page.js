// What every page gains from a script. Nothing depends on it.

// Forms are sent once: a second click while the answer is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
  } else if (!event.defaultPrevented && form.target !== "_blank" && !form.hasAttribute("data-download")) {
    form.dataset.sent = "ja";
    addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
    setTimeout(() => delete form.dataset.sent, 3000);
  }
});

// After an answer with errors the summary is read first.
document.querySelector("[data-focus]")?.focus();
