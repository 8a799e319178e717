/** A list, in a simple form: a box for each entry, and whether these are all. */

import { UNKNOWN } from "./answers.js";
import { el, newId, showProblem } from "./dom.js";
import { textInput, wrongWith } from "./fields.js";
import { yesNo } from "./radios.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Entry} Entry */
/** @typedef {import("./answers.js").Field} Field */
/** @typedef {import("./answers.js").List} List */
/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./radios.js").Control} Control */
/** @typedef {import("./texts.js").Say} Say */
/** @typedef {{node: HTMLElement, key: string, read: () => {value: unknown} | null}} Part a part of an entry */

const MOST = 20;

/**
 * @param {Say} say
 * @param {Question} question
 * @param {Answer | undefined} answer
 * @param {HTMLElement} box
 * @param {HTMLElement} slot
 * @param {(text: string) => void} announce
 * @returns {Control}
 */
export function listControl(say, question, answer, box, slot, announce) {
  const names = question.entries ?? { singular: question.label, plural: question.label };
  const before = /** @type {List} */ (answer === undefined || answer === UNKNOWN ? { entries: [], complete: undefined } : answer);
  const place = el("div", { class: "entries" });
  const none = el("p", { class: "hint" }, say("noEntries", names));
  const add = /** @type {HTMLButtonElement} */ (
    el("button", { type: "button", class: "quiet", onclick: () => focusIn(added({})) }, say("addEntry", names))
  );
  const complete = yesNo(say, answer === UNKNOWN || before.complete === null ? UNKNOWN : before.complete);
  const all = el("fieldset", { class: "item" }, el("legend", {}, say("allEntries", names)), complete.node);
  /** @type {{node: HTMLElement, legend: HTMLElement, remove: HTMLElement, parts: Part[]}[]} */
  let entries = [];

  const renumber = () => {
    entries.forEach(({ legend, remove }, at) => {
      legend.textContent = say("entry", { ...names, number: at + 1 });
      remove.textContent = say("removeEntry", { ...names, number: at + 1 });
    });
    none.hidden = entries.length > 0;
    add.hidden = entries.length >= MOST;
  };
  /** @param {Entry} entry */
  const added = (entry) => {
    const parts = question.fields.map((field) => partFor(say, field, entry[field.key]));
    const legend = el("legend", { lang: "de" });
    const remove = el("button", {
      type: "button",
      class: "quiet",
      onclick: () => {
        entries = entries.filter((one) => one.node !== node);
        node.remove();
        renumber();
        add.focus();
        announce(say("entryRemoved", names));
      },
    });
    const node = el("fieldset", { class: "entry" }, legend, parts.map((part) => part.node), remove);
    entries.push({ node, legend, remove, parts });
    place.append(node);
    renumber();
    return node;
  };

  before.entries.forEach(added);
  renumber();
  /** @param {string} text */
  const refuse = (text) => showProblem(box, slot, say("problem"), text);
  return {
    nodes: [place, none, add, all],
    refuse,
    read() {
      const found = entries.map(({ parts }) => readEntry(parts));
      if (found.includes(null)) return null;
      const value = complete.value();
      if (!found.length && value === undefined) {
        refuse(say("needChoice"));
        return null;
      }
      if (!found.length && value !== true) return { value: UNKNOWN };
      return { value: { entries: /** @type {Entry[]} */ (found), complete: typeof value === "boolean" ? value : null } };
    },
  };
}

/** @param {HTMLElement} node */
function focusIn(node) {
  /** @type {HTMLElement | null} */ (node.querySelector("input, select"))?.focus();
}

/**
 * @param {Part[]} parts
 * @returns {Entry | null}
 */
function readEntry(parts) {
  /** @type {Entry} */
  const entry = {};
  for (const part of parts) {
    const found = part.read();
    if (!found) return null;
    if (found.value !== undefined) entry[part.key] = found.value;
  }
  return entry;
}

/**
 * @param {Say} say
 * @param {Field} field
 * @param {unknown} value
 * @returns {Part}
 */
function partFor(say, field, value) {
  if (field.kind === "choice" || field.kind === "bool") return selectPart(say, field, value);
  return field.kind === "stellenumfang" ? amountPart(say, field, value) : textPart(say, field, value);
}

/**
 * @param {Say} say
 * @param {Field} field
 * @param {unknown} value
 * @returns {Part}
 */
function selectPart(say, field, value) {
  const options = field.kind === "bool" ? { true: say("yes"), false: say("no") } : field.choices;
  const select = selectOf({ "": say("unknown"), ...options }, String(value ?? ""));
  return {
    key: field.key,
    node: el("div", { class: "field" }, el("label", { for: select.id, lang: "de" }, field.label), select),
    read: () => ({ value: field.kind === "bool" && select.value ? select.value === "true" : select.value || undefined }),
  };
}

/**
 * @param {Record<string, string>} options
 * @param {string} chosen
 */
function selectOf(options, chosen) {
  const made = Object.entries(options).map(([value, label]) => el("option", { value, selected: value === chosen }, label));
  return /** @type {HTMLSelectElement} */ (el("select", { id: newId() }, made));
}

/**
 * @param {Say} say
 * @param {Field} field
 * @param {unknown} value
 * @returns {Part}
 */
function textPart(say, field, value) {
  const slot = problemSlot();
  const input = textInput(field, String(value ?? ""), slot.id);
  return {
    key: field.key,
    node: el("div", { class: "field" }, el("label", { for: input.id, lang: "de" }, field.label), input, slot),
    read: () => readText(say, field, input, slot),
  };
}

/**
 * How much of a post: the number, and what it counts.
 * @param {Say} say
 * @param {Field} field
 * @param {unknown} value a share as text, or hours a week
 * @returns {Part}
 */
function amountPart(say, field, value) {
  const hours = typeof value === "object" && value !== null ? /** @type {{wochenstunden: string}} */ (value).wochenstunden : null;
  const slot = problemSlot();
  const input = textInput(field, hours ?? String(value ?? ""), slot.id);
  const measure = selectOf({ share: say("share"), hours: say("weeklyHours") }, hours === null ? "share" : "hours");
  const limits = { share: field, hours: { ...field, maximum: "168" } };
  return {
    key: field.key,
    node: el(
      "div",
      { class: "pair" },
      el("div", { class: "field" }, el("label", { for: input.id, lang: "de" }, say("amount", { label: field.label })), input, slot),
      el("div", { class: "field" }, el("label", { for: measure.id, lang: "de" }, say("measure", { label: field.label })), measure),
    ),
    read() {
      const kind = /** @type {keyof typeof limits} */ (measure.value);
      const found = readText(say, limits[kind], input, slot);
      if (!found || found.value === undefined) return found;
      return kind === "hours" ? { value: { wochenstunden: found.value } } : found;
    },
  };
}

/**
 * @param {Say} say
 * @param {Field} field
 * @param {HTMLInputElement} input
 * @param {HTMLElement} slot
 */
function readText(say, field, input, slot) {
  slot.hidden = true;
  input.removeAttribute("aria-invalid");
  const text = input.value.trim();
  const wrong = text && wrongWith(say, field, text);
  if (wrong) showProblem(input, slot, say("problem"), wrong);
  return wrong ? null : { value: text || undefined };
}

function problemSlot() {
  return el("p", { id: newId(), class: "problem", hidden: true });
}
