/** Talk to the service: nothing is stored, no cookies are sent, nobody else is asked. */

/** @typedef {"offline" | "network" | "timeout" | "busy" | "refused" | "invalid" | "service"} Failure */
/** @typedef {import("./answers.js").Question} Question */
/**
 * @typedef {object} QuickCheck
 * @property {string} disclaimer
 * @property {Record<string, string>} topics
 * @property {Question[]} questions
 */
/** @typedef {Record<"fulfilled" | "violated" | "open" | "not_applicable", number>} Counts */
/** @typedef {{rule: string, title: string, section: string, due: string, message: string, source: {page: number, passages: {id: string, page: number}[]}, notes: string[]}} Said */
/**
 * @typedef {Said & {strength: string, wording: string, hedge: string | null, status: keyof Counts,
 *   because: {text: string}[], missing: {question: string, item_label: string | null}[],
 *   advice: {text: string, effort: string, by: string[]} | null, interpretation: string | null}} Finding
 */
/**
 * @typedef {object} Report
 * @property {string} schema
 * @property {{id: string, title: string, guideline_as_of: string, version: string, digest: string}} rule_base
 * @property {string} engine
 * @property {string} as_of
 * @property {{scope_note: string | null}} setup
 * @property {{total: Counts, by_strength: Record<string, Counts>, hints: number}} summary
 * @property {Record<string, string>} sections
 * @property {Finding[]} findings
 * @property {Said[]} hints
 * @property {string} disclaimer
 */
/** @typedef {{message: string, pointer: string | null}} InvalidItem */

const PATIENCE = 20_000;

/** The service could not be asked, or did not answer as it should. */
export class ServiceError extends Error {
  /**
   * @param {Failure} kind
   * @param {number | null} [status]
   * @param {InvalidItem[]} [items]
   */
  constructor(kind, status = null, items = []) {
    super(kind);
    this.kind = kind;
    this.status = status;
    this.items = items;
  }
}

/** One service at one address. */
export class Service {
  /**
   * @param {URL} base ends with a slash
   * @param {string} language
   */
  constructor(base, language) {
    this.base = base;
    this.language = language;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<QuickCheck>}
   */
  async questions(signal) {
    const found = await this.#ask("api/v1/quick-check", { signal });
    if (!Array.isArray(found?.questions)) throw new ServiceError("service");
    return found;
  }

  /**
   * @param {Record<string, unknown>} setup
   * @param {AbortSignal} signal
   * @returns {Promise<Report>}
   */
  async check(setup, signal) {
    const body = JSON.stringify(setup);
    const found = await this.#ask("api/v1/check", { method: "POST", body, signal, headers: { "Content-Type": "application/json" } });
    if (found?.schema !== "qmadvisor.report/1") throw new ServiceError("service");
    return found;
  }

  /**
   * @param {string} path
   * @param {RequestInit & {signal: AbortSignal}} options
   * @returns {Promise<any>}
   */
  async #ask(path, { signal, headers, ...options }) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const stop = () => patience.abort();
    signal.addEventListener("abort", stop);
    try {
      const response = await fetch(new URL(path, this.base), {
        ...options,
        headers: { Accept: "application/json", "Accept-Language": this.language, ...headers },
        credentials: "omit",
        mode: "cors",
        referrerPolicy: "no-referrer",
        signal: patience.signal,
      });
      if (!response.ok) throw await refusal(response);
      return await response.json();
    } catch (error) {
      if (signal.aborted || error instanceof ServiceError) throw error;
      if (patience.signal.aborted) throw new ServiceError("timeout");
      // The browser does not tell why: no connection, no such host, or a page that the service does not allow.
      throw new ServiceError(error instanceof SyntaxError ? "service" : navigator.onLine ? "network" : "offline");
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }
}

/**
 * @param {Response} response
 * @returns {Promise<ServiceError>}
 */
async function refusal(response) {
  const { status } = response;
  const problem = await response.json().catch(() => null);
  if (status === 422 && problem?.errors?.length) return new ServiceError("invalid", status, problem.errors);
  if (status === 429 || status === 503) return new ServiceError("busy", status);
  return new ServiceError(status === 401 || status === 403 ? "refused" : "service", status);
}
