/** Build elements without HTML text: nothing that comes from the service can become markup. */

/** @typedef {Node | string | null | undefined | false} Child */

let lastId = 0;

/**
 * Makes an element. An attribute that is false or null is left out, true is written empty, a function listens.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined | EventListener>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(.../** @type {(Node | string)[]} */ (children.flat().filter((child) => child || child === "")));
  return node;
}

/** @returns {string} an id that is new in this page */
export function newId() {
  lastId += 1;
  return `qm-${lastId}`;
}

/**
 * Says a problem next to what has it, and points from there to the text.
 * @param {HTMLElement} at the field, or the fieldset of radio buttons
 * @param {HTMLElement} slot where the text goes; it is described by it already
 * @param {string} label
 * @param {string} text
 */
export function showProblem(at, slot, label, text) {
  slot.replaceChildren(el("strong", {}, label), ` ${text}`);
  slot.hidden = false;
  const isField = at.matches("input, select");
  if (isField) at.setAttribute("aria-invalid", "true");
  const target = isField ? at : at.querySelector("input, select, button");
  if (target instanceof HTMLElement) target.focus();
}
