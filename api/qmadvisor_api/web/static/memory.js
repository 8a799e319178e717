// The plan in this browser: in the tab until it is closed; beyond that only for those who asked for it.
const PLAN = "qmadvisor.planung";
const LONG = "qmadvisor.merken";

// Storage can be switched off or full: then nothing is remembered, and all else works.
const attempt = (action) => {
  try {
    return action();
  } catch {
    return null;
  }
};

export const remembersForLong = () => attempt(() => localStorage.getItem(LONG)) === "ja";

export function remember(plan) {
  const parsed = attempt(() => JSON.parse(plan));
  // A plan in which nothing is answered must not replace one in which something is.
  if (!parsed || !Object.keys(parsed).some((key) => !["schema", "titel"].includes(key))) return;
  const entry = JSON.stringify({ plan, title: parsed.titel, time: Date.now() });
  attempt(() => sessionStorage.setItem(PLAN, entry));
  if (remembersForLong()) attempt(() => localStorage.setItem(PLAN, entry));
}

export function rememberForLong(yes) {
  attempt(() => {
    if (yes) {
      localStorage.setItem(LONG, "ja");
      const entry = sessionStorage.getItem(PLAN);
      if (entry) localStorage.setItem(PLAN, entry);
    } else {
      localStorage.removeItem(LONG);
      localStorage.removeItem(PLAN);
    }
  });
}

export function remembered() {
  const entry = attempt(() => sessionStorage.getItem(PLAN) ?? localStorage.getItem(PLAN));
  const parsed = entry && attempt(() => JSON.parse(entry));
  return parsed && typeof parsed.plan === "string" ? parsed : null;
}

export function forget() {
  attempt(() => sessionStorage.removeItem(PLAN));
  attempt(() => localStorage.removeItem(PLAN));
  attempt(() => localStorage.removeItem(LONG));
}
