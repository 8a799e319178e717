/**
 * The style sheet. It is adopted by the shadow root, which a strict CSP allows without `unsafe-inline`.
 * Everything that a page may change is a variable that begins with --qm-; docs/einbetten.md lists them.
 */

const CSS = `
:host {
  --_font: var(--qm-font-family, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
  --_size: var(--qm-font-size, 1rem);
  --_space: var(--qm-space, 1rem);
  --_radius: var(--qm-radius, 0.375rem);
  --_text: var(--qm-color-text, #1a1d21);
  --_muted: var(--qm-color-muted, #4d555f);
  --_background: var(--qm-color-background, #ffffff);
  --_surface: var(--qm-color-surface, #f1f4f7);
  --_border: var(--qm-color-border, #767f8a);
  --_line: var(--qm-color-line, #d5dae0);
  --_accent: var(--qm-color-accent, #17487f);
  --_on-accent: var(--qm-color-on-accent, #ffffff);
  --_focus: var(--qm-color-focus, #17487f);
  --_fulfilled: var(--qm-color-fulfilled, #1b6b3a);
  --_violated: var(--qm-color-violated, #a8200d);
  --_open: var(--qm-color-open, #7a4b00);
  --_not_applicable: var(--_muted);
  display: block;
  container-type: inline-size;
  color: var(--_text);
  background: var(--_background);
  font: var(--_size) / 1.5 var(--_font);
  text-align: start;
}
@supports (color: light-dark(#000, #fff)) {
  :host {
    --_text: var(--qm-color-text, light-dark(#1a1d21, #eceff2));
    --_muted: var(--qm-color-muted, light-dark(#4d555f, #b4bdc7));
    --_background: var(--qm-color-background, light-dark(#ffffff, #16191d));
    --_surface: var(--qm-color-surface, light-dark(#f1f4f7, #22272d));
    --_border: var(--qm-color-border, light-dark(#767f8a, #87919c));
    --_line: var(--qm-color-line, light-dark(#d5dae0, #3b434c));
    --_accent: var(--qm-color-accent, light-dark(#17487f, #9cc7f5));
    --_on-accent: var(--qm-color-on-accent, light-dark(#ffffff, #10243a));
    --_focus: var(--qm-color-focus, light-dark(#17487f, #9cc7f5));
    --_fulfilled: var(--qm-color-fulfilled, light-dark(#1b6b3a, #7fd6a0));
    --_violated: var(--qm-color-violated, light-dark(#a8200d, #ff9f8f));
    --_open: var(--qm-color-open, light-dark(#7a4b00, #f2c470));
  }
}
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
.frame { border: 1px solid var(--_line); border-radius: var(--_radius); padding: calc(var(--_space) * 1.5); overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { margin: 0; line-height: 1.3; font-weight: 600; text-wrap: balance; }
.title { font-size: 1.375em; }
.question { font-size: 1.25em; }
.section { font-size: 1.125em; margin-top: calc(var(--_space) * 2); }
.group { font-size: 1em; margin-top: calc(var(--_space) * 1.5); }
.group + p { margin-top: 0; }
.name { font-size: 1em; }
p { margin: calc(var(--_space) * 0.5) 0; max-width: 44em; }
ul { margin: calc(var(--_space) * 0.5) 0; padding-inline-start: 1.25em; max-width: 44em; }
a { color: var(--_accent); text-underline-offset: 0.15em; }
.progress, .hint, .small { color: var(--_muted); font-size: 0.9375em; }
.progress { margin-top: 0; }
.bar { display: block; height: 0.375rem; margin: 0 0 var(--_space); background: var(--_line); border-radius: 1rem; overflow: hidden; }
.bar rect { fill: var(--_accent); }
fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
legend { padding: 0; max-width: 100%; }
.options { display: grid; gap: 0.25rem; margin: calc(var(--_space) * 0.75) 0; }
.option { display: flex; gap: 0.625rem; align-items: flex-start; padding: 0.4375rem 0; cursor: pointer; width: fit-content; max-width: 100%; }
.option input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0.125em 0 0; accent-color: var(--_accent); }
.item { border-top: 1px solid var(--_line); padding: 0.75rem 0 0.25rem; margin-top: 0.5rem; }
.item > legend { float: inline-start; width: 100%; }
.item > legend + * { clear: both; }
.item .options { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0; }
.hint + .item, .problem + .item { margin-top: 1rem; }
.field { margin: calc(var(--_space) * 0.75) 0; }
.field > label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr); gap: 0 var(--_space); }
.pair .field { margin-top: 0; }
.with-unit { display: flex; gap: 0.625rem; align-items: center; }
input:not([type=radio], [type=checkbox]), select {
  width: 100%; min-height: 2.75rem; padding: 0.375rem 0.625rem; font: inherit; color: inherit;
  background: var(--_background); border: 1px solid var(--_border); border-radius: var(--_radius);
}
input.short { max-width: 12rem; }
.entry { border: 1px solid var(--_line); border-radius: var(--_radius); padding: var(--_space); margin: var(--_space) 0; background: var(--_surface); }
.entry > legend { font-weight: 600; float: inline-start; width: 100%; margin-bottom: 0.75rem; }
.entry > .field { margin-top: 0; }
.entry > legend + * { clear: both; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0.5rem 1.125rem;
  font: inherit; font-weight: 600; text-align: center; cursor: pointer; text-decoration: none;
  color: var(--_accent); background: transparent; border: 1px solid var(--_accent); border-radius: var(--_radius);
}
button.main, .button.main { color: var(--_on-accent); background: var(--_accent); }
button.quiet { border-color: var(--_border); color: var(--_text); font-weight: 400; margin: 0.25rem 0 0.75rem; }
button.link { min-height: 1.75rem; padding: 0.125rem 0; border: 0; font-weight: 400; color: var(--_accent); text-decoration: underline; text-underline-offset: 0.15em; text-align: start; }
button:hover, .button:hover { text-decoration: underline; text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
:is(h1, h2, h3, h4, h5, h6):focus { outline: none; }
:is(h1, h2, h3, h4, h5, h6):focus-visible { outline: 3px solid var(--_focus); outline-offset: 4px; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: calc(var(--_space) * 1.25); }
.actions .end { margin-inline-start: auto; }
.problem { color: var(--_violated); border-inline-start: 4px solid currentColor; padding-inline-start: 0.75rem; font-weight: 400; }
[aria-invalid=true]:is(input, select) { border-color: var(--_violated); border-width: 2px; }
.live { margin: var(--_space) 0 0; padding-top: 0.75rem; border-top: 1px solid var(--_line); color: var(--_muted); font-size: 0.9375em; max-width: none; }
.live:empty { display: none; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.status { font-weight: 600; white-space: nowrap; }
.mark {
  display: inline-grid; place-items: center; width: 1.5em; height: 1.5em; margin-inline-end: 0.4em; border-radius: 50%;
  color: var(--_background); font-weight: 700; font-size: 0.875em; line-height: 1; border: 1px solid transparent; vertical-align: 0.05em;
}
.is-fulfilled { color: var(--_fulfilled); } .is-fulfilled .mark { background: var(--_fulfilled); }
.is-violated { color: var(--_violated); } .is-violated .mark { background: var(--_violated); border-radius: 0.2em; }
.is-open { color: var(--_open); } .is-open .mark { background: var(--_background); color: var(--_open); border: 2px solid currentColor; }
.is-not_applicable { color: var(--_muted); } .is-not_applicable .mark { background: var(--_background); color: inherit; border: 1px dashed currentColor; }
.scroll { overflow-x: auto; margin: calc(var(--_space) * 0.75) 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--_line); text-align: start; vertical-align: top; font-weight: 400; }
th[scope=row] { font-weight: 600; }
td { text-align: end; } thead th + th { text-align: end; }
.about { display: block; font-weight: 400; color: var(--_muted); font-size: 0.875em; }
dl.key { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.375rem 1rem; max-width: 44em; }
dl.key dd { margin: 0; }
.findings { list-style: none; padding: 0; max-width: none; }
.finding { border: 1px solid var(--_line); border-inline-start: 4px solid var(--_violated); border-radius: var(--_radius); padding: var(--_space); margin: 0.75rem 0; }
.finding p { margin: 0.375rem 0; }
.finding details { border: 0; margin: 0; }
.finding summary { padding: 0.5rem 0 0; min-height: 2.25rem; color: var(--_accent); font-weight: 400; width: fit-content; }
.finding dl.facts { margin: 0.5rem 0 0; }
.tags { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; color: var(--_muted); font-size: 0.9375em; }
dl.facts { display: grid; grid-template-columns: minmax(7em, max-content) minmax(0, 1fr); gap: 0.375rem 1rem; margin: 0.75rem 0 0; }
dl.facts dt { color: var(--_muted); } dl.facts dd { margin: 0; max-width: 40em; }
dl.facts ul { margin: 0; }
details { margin: 0.75rem 0; border: 1px solid var(--_line); border-radius: var(--_radius); }
summary { cursor: pointer; padding: 0.625rem var(--_space); min-height: 2.75rem; font-weight: 600; }
details > :not(summary) { margin: 0 var(--_space) var(--_space); }
details details > summary { font-weight: 400; }
.plain { list-style: none; padding: 0; max-width: none; }
.plain > li { padding: 0.5rem 0; border-top: 1px solid var(--_line); max-width: 44em; }
.note { background: var(--_surface); border-radius: var(--_radius); padding: 0.75rem var(--_space); max-width: none; }
.foot { margin-top: calc(var(--_space) * 1.5); padding-top: var(--_space); border-top: 1px solid var(--_line); }
@container (max-width: 34rem) {
  .frame { padding: var(--_space); border-inline: 0; border-radius: 0; }
  .pair, dl.facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dl.facts dt { margin-top: 0.5rem; }
  .item .options { gap: 0 0.875rem; }
  .item .option { gap: 0.4375rem; }
  .actions > * { flex: 1 1 auto; }
  .actions .end { margin-inline-start: 0; }
  th, td { padding-inline-end: 0.375rem; }
  table .word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .about { display: none; }
}
@media (forced-colors: active) {
  button.main, .button.main { border-width: 3px; }
  .mark, .is-fulfilled .mark, .is-violated .mark { border: 1px solid CanvasText; color: CanvasText; background: Canvas; }
  .bar { border: 1px solid CanvasText; } .bar rect { fill: Highlight; }
  .finding { border-inline-start-width: 6px; }
}
@media print {
  .actions, .live { display: none; }
}
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** @returns {CSSStyleSheet} one sheet for all widgets of a page */
export function styleSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
