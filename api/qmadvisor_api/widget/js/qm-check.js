/**
 * <qm-check>: the quick check inside another page.
 *
 * Attributes: api, full-check-url, lang, heading-level. Events: qm-result, qm-error. See docs/einbetten.md.
 */

import { askedOf, questionAt, setupOf } from "./answers.js";
import { Service, ServiceError } from "./api.js";
import { el } from "./dom.js";
import { resultView } from "./result.js";
import { styleSheet } from "./style.js";
import { languageOf, speaker } from "./texts.js";
import { failureView, introView, messageView, questionView } from "./views.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./api.js").QuickCheck} QuickCheck */
/** @typedef {import("./api.js").Report} Report */
/** @typedef {import("./views.js").View} View */

/** Where the module lies is where the service is: /widget/v1/qm-check.js below its root. */
const HOME = new URL("../../", import.meta.url);
/** So long a check waits for another answer. */
const PAUSE = 400;

export class QmCheck extends HTMLElement {
  static observedAttributes = ["api", "full-check-url", "lang", "heading-level"];

  #stage = el("div");
  #live = el("p", { class: "live", role: "status" });
  #frame = el("div", { class: "frame" }, this.#stage, this.#live);
  #say = speaker(null);
  /** @type {AbortController} */
  #life = new AbortController();
  /** @type {AbortController | null} the check that is on its way */
  #check = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {QuickCheck | null} */
  #quick = null;
  /** @type {import("./answers.js").Answers} */
  #answers = new Map();
  /** @type {Question | null} the question that is shown, or was last */
  #current = null;
  /** @type {() => void} shows again what is shown, in another language or with another heading */
  #again = () => {};
  /** @type {() => void} what to do once the connection is back */
  #onceOnline = () => {};

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styleSheet()];
    root.append(this.#frame);
  }

  connectedCallback() {
    this.#life = new AbortController();
    addEventListener("online", () => this.#onceOnline(), { signal: this.#life.signal });
    this.#speak();
    if (this.#quick) this.#again();
    else this.#load();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#check?.abort();
    this.#life.abort();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now || this.#life.signal.aborted) return;
    this.#speak();
    if (name === "api") this.#load();
    else this.#again();
  }

  // what the attributes say

  #speak() {
    const language = languageOf(this.getAttribute("lang") ?? this.closest("[lang]")?.getAttribute("lang") ?? null);
    this.#say = speaker(language);
    this.#frame.lang = language;
  }

  get #base() {
    const given = this.getAttribute("api");
    const url = given ? new URL(given, document.baseURI) : new URL(HOME);
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    return url;
  }

  get #service() {
    return new Service(this.#base, this.#frame.lang);
  }

  get #level() {
    const level = Number(this.getAttribute("heading-level"));
    return level >= 1 && level <= 4 ? Math.floor(level) : 2;
  }

  get #fullCheck() {
    const link = /** @type {HTMLAnchorElement} */ (el("a", { href: this.getAttribute("full-check-url") }));
    return /^https?:$/.test(link.protocol) ? link.href : null;
  }

  get #questions() {
    return askedOf(this.#quick?.questions ?? [], this.#answers);
  }

  // showing

  /**
   * @param {() => View} make
   * @param {boolean} [focus] whether the heading takes the focus: not when nobody asked for this view
   * @returns {View}
   */
  #show(make, focus = false) {
    const view = make();
    this.#again = () => this.#show(make);
    this.#onceOnline = () => {};
    this.#stage.replaceChildren(view.node);
    if (focus) view.heading?.focus();
    return view;
  }

  async #load() {
    this.#answers = new Map();
    this.#quick = null;
    this.#tell("");
    this.#show(() => messageView(this.#say, "loading"));
    try {
      this.#quick = await this.#service.questions(this.#life.signal);
      this.#showIntro();
    } catch (error) {
      this.#fail(error, () => this.#load());
    }
  }

  #showIntro(focus = false) {
    const quick = /** @type {QuickCheck} */ (this.#quick);
    if (!quick.questions.length) {
      this.#show(() => messageView(this.#say, "empty"));
      return;
    }
    const about = { count: this.#questions.length, host: this.#base.host, disclaimer: quick.disclaimer };
    this.#show(() => introView(this.#say, this.#level, { ...about, start: () => this.#showQuestion(quick.questions[0]) }), focus);
  }

  /**
   * @param {Question} question
   * @returns {View}
   */
  #showQuestion(question) {
    this.#current = question;
    this.#frame.append(this.#live);
    return this.#show(() => {
      const asked = this.#questions;
      const at = asked.indexOf(question);
      return questionView(this.#say, this.#level, {
        question,
        topic: this.#quick?.topics[question.topic] ?? "",
        number: at + 1,
        count: asked.length,
        answer: this.#answers.get(question.path),
        back: at > 0 ? () => this.#showQuestion(asked[at - 1]) : null,
        next: (answer) => this.#take(question, answer),
        skip: () => this.#goOn(question),
        result: () => this.#showResult(),
        announce: (text) => this.#tell(text),
      });
    }, true);
  }

  /**
   * @param {Question} question
   * @param {Answer} answer
   */
  #take(question, answer) {
    this.#answers.set(question.path, answer);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#interim(), PAUSE);
    this.#goOn(question);
  }

  /** @param {Question} question */
  #goOn(question) {
    const asked = this.#questions;
    const next = asked[asked.indexOf(question) + 1];
    if (next) this.#showQuestion(next);
    else this.#showResult();
  }

  async #showResult() {
    clearTimeout(this.#timer);
    this.#tell("");
    this.#show(() => messageView(this.#say, "checking"));
    try {
      const report = await this.#ask();
      this.#show(() => this.#resultOf(report), true);
      this.#report(report);
    } catch (error) {
      this.#fail(error, () => this.#showResult());
    }
  }

  /**
   * @param {Report} report
   * @returns {View}
   */
  #resultOf(report) {
    const asked = this.#questions;
    const unanswered = asked.filter((question) => !["boolean", "string", "object"].includes(typeof this.#answers.get(question.path)));
    return resultView(this.#say, this.#level, {
      report,
      answered: asked.length - unanswered.length,
      count: asked.length,
      unanswered,
      fullCheck: this.#fullCheck,
      ask: (question) => this.#showQuestion(question),
      change: () => this.#showQuestion(asked[0]),
      restart: () => {
        this.#answers = new Map();
        this.#showIntro(true);
      },
    });
  }

  // asking

  /** @returns {Promise<Report>} */
  #ask() {
    this.#check?.abort();
    this.#check = new AbortController();
    const setup = setupOf(this.#quick?.questions ?? [], this.#answers, this.#say("title"));
    return this.#service.check(setup, this.#check.signal);
  }

  async #interim() {
    try {
      const report = await this.#ask();
      this.#tell(this.#say("interim", report.summary.total));
      this.#report(report);
    } catch (error) {
      if (error instanceof ServiceError && error.kind === "invalid") this.#fail(error, () => {});
      else if (error instanceof ServiceError) {
        this.#tell(this.#say("interimFailed"));
        this.#complain(error);
      }
    }
  }

  /** @param {string} text */
  #tell(text) {
    this.#live.textContent = text;
  }

  /**
   * @param {unknown} error
   * @param {() => void} retry
   */
  #fail(error, retry) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const failure = error instanceof ServiceError ? error : new ServiceError("service");
    this.#complain(failure);
    if (failure.kind === "invalid" && this.#point(failure)) return;
    const hasAnswers = this.#answers.size > 0;
    // The same answers would be refused again.
    const invalid = failure.kind === "invalid" && this.#questions.length > 0;
    const act = invalid ? () => void this.#showQuestion(this.#questions[0]) : retry;
    this.#show(() => {
      const text = this.#say(`error_${failure.kind}`, { detail: failure.items[0]?.message ?? "" });
      return failureView(this.#say, this.#level, text, hasAnswers, this.#say(invalid ? "change" : "retry"), act);
    }, hasAnswers);
    if (failure.kind === "offline") this.#onceOnline = retry;
  }

  /**
   * Goes back to the question whose answer the service refuses, and says there why.
   * @param {ServiceError} failure
   */
  #point({ items }) {
    for (const { pointer, message } of items) {
      const question = questionAt(this.#questions, pointer);
      if (!question) continue;
      this.#showQuestion(question).control?.refuse(message);
      return true;
    }
    return false;
  }

  // events: the summary, never an answer

  /** @param {Report} report */
  #report({ summary, rule_base, engine, as_of }) {
    this.dispatchEvent(new CustomEvent("qm-result", { bubbles: true, composed: true, detail: { summary, rule_base, engine, as_of } }));
  }

  /** @param {ServiceError} error */
  #complain({ kind, status }) {
    this.dispatchEvent(new CustomEvent("qm-error", { bubbles: true, composed: true, detail: { kind, status } }));
  }
}

if (!customElements.get("qm-check")) customElements.define("qm-check", QmCheck);
