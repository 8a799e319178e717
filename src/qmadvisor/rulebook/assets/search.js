// Filters the list of all rules. Without this script the list stays whole and the search field hidden.
"use strict";

(function () {
  const form = document.getElementById("suche");
  const field = document.getElementById("suchwort");
  const status = document.getElementById("treffer");
  const items = Array.from(document.querySelectorAll("[data-rule]"));
  const groups = Array.from(document.querySelectorAll(".group"));

  // "Räume", "Raeume" and "raume" are the same word here, in the index as in what is typed.
  function plain(text) {
    return text
      .toLowerCase()
      .replace(/ß/g, "ss")
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/([aou])e/g, "$1");
  }

  const index = new Map(Object.entries(RULE_BOOK_INDEX).map(([id, text]) => [id, plain(text)]));

  function show() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const item of items) {
      const text = index.get(item.dataset.rule) || "";
      item.hidden = !words.every((word) => text.includes(word));
      found += item.hidden ? 0 : 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-rule]:not([hidden])");
    }
    status.textContent = words.length === 0 ? items.length + " Regeln" : found + " von " + items.length + " Regeln";
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", show);
  show();
})();
