/** What somebody answered, and how it is written in a setup. */

/**
 * @typedef {object} Question
 * @property {string} path
 * @property {string} topic
 * @property {string} kind
 * @property {string} label
 * @property {string} question
 * @property {string} help
 * @property {string | null} unit
 * @property {string | null} minimum
 * @property {string | null} maximum
 * @property {Record<string, string>} choices
 * @property {string | null} asked_if
 * @property {{singular: string, plural: string} | null} entries
 * @property {Field[]} fields
 */
/** @typedef {Omit<Question, "path" | "topic" | "asked_if" | "entries" | "fields"> & {key: string}} Field */
/** @typedef {Record<string, unknown>} Entry */
/** @typedef {{entries: Entry[], complete: boolean | null}} List */
/** @typedef {boolean | string | Record<string, boolean> | List | typeof UNKNOWN} Answer */
/** @typedef {Map<string, Answer>} Answers */

/** "I do not know yet": said, but as open as what was skipped. */
export const UNKNOWN = Symbol("unknown");

/**
 * The questions that can still decide something: those behind a "no" cannot.
 * @param {Question[]} questions
 * @param {Answers} answers
 */
export function askedOf(questions, answers) {
  return questions.filter((question) => !question.asked_if || answers.get(question.asked_if) !== false);
}

/**
 * Writes the answers as a setup. What is unknown is left out: left out is open.
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} title
 * @returns {Record<string, unknown>}
 */
export function setupOf(questions, answers, title) {
  /** @type {Record<string, unknown>} */
  const setup = { schema: "qmadvisor.setup/1", titel: title };
  for (const { path, kind, entries } of askedOf(questions, answers)) {
    const answer = answers.get(path);
    if (answer === undefined || answer === UNKNOWN) continue;
    setup[path] = kind === "list" ? written(/** @type {List} */ (answer), entries?.singular ?? "") : answer;
  }
  return setup;
}

/**
 * @param {List} list
 * @param {string} singular findings name an entry by its key, so that it should be a word
 */
function written({ entries, complete }, singular) {
  if (!entries.length) return complete ? "keine" : "unbekannt";
  const name = /^[a-z]+$/i.test(singular) ? singular.toLowerCase() : "eintrag";
  const named = Object.fromEntries(entries.map((entry, at) => [`${name}_${at + 1}`, entry]));
  return complete === null ? named : { ...named, vollstaendig: complete };
}

/**
 * Finds the question that a JSON pointer into the setup leads to.
 * @param {Question[]} questions
 * @param {string | null} pointer
 */
export function questionAt(questions, pointer) {
  const key = (pointer ?? "").split("/")[1]?.replaceAll("~1", "/").replaceAll("~0", "~");
  return questions.find((question) => question.path === key);
}
