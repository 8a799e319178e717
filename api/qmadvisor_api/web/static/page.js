// What every page gains from a script. Nothing depends on it.
import { forget, remembered, remember, remembersForLong, rememberForLong } from "./memory.js";

// A form is sent once: a second click while the answer is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
  } else if (!event.submitter?.hasAttribute("data-download")) {
    form.dataset.sent = "ja";
    setTimeout(() => delete form.dataset.sent, 2000);
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What comes live can fail: then the page stays as it is, and says so until an answer comes again.
const notice = document.getElementById("hinweis");
for (const failure of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(failure, () => (notice.hidden = false));
}
document.addEventListener("htmx:after:request", (event) => (notice.hidden = event.detail.ctx.response.status < 400));

// The plan of the page, and with every interim result the plan with the newest answer.
const field = document.querySelector("main form input[name=plan]");
if (field) remember(field.value);
const standing = document.querySelector(".qm-live")?.parentElement;
if (standing) {
  new MutationObserver(() => {
    const newest = standing.querySelector("[data-plan]")?.dataset.plan;
    if (newest) remember(newest);
  }).observe(standing, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-plan"] });
}

// To be remembered beyond this tab is asked for, and can be taken back.
const choice = document.querySelector("[data-remember]");
if (choice) {
  const box = choice.querySelector("input");
  choice.hidden = false;
  box.checked = remembersForLong();
  box.addEventListener("change", () => rememberForLong(box.checked));
}

// On the first page: go on where somebody stopped, or delete it.
const resume = document.querySelector("[data-resume]");
const found = resume && remembered();
if (found) {
  resume.hidden = false;
  resume.querySelector("[data-resume-title]").textContent = found.title;
  resume.querySelector("[data-resume-time]").textContent = new Date(found.time).toLocaleString("de-DE", {
    dateStyle: "long",
    timeStyle: "short",
  });
  resume.querySelector("input[name=plan]").value = found.plan;
  resume.querySelector("[data-forget]").addEventListener("click", () => {
    forget();
    resume.hidden = true;
    document.querySelector("h1").focus();
  });
}
