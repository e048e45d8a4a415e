// A session by keyboard, and what the page does beside its forms. prep.js has the rest.
"use strict";

const session = () => one("#session");
const act = name => one(`#session [formaction$="${name}/"]`)?.click();
const grade = at => all("#session .grades button")[at]?.click();

Object.assign(KEYS, {
  "1": () => grade(0),
  "2": () => grade(1),
  "3": () => grade(2),
  "4": () => grade(3),
  "u": () => one("#undo:not([hidden])")?.click(),
  "k": () => act("skip"),
  "b": () => act("bury"),
  "n": () => one("#note-text")?.focus() ?? one(".noting")?.click(),
});

// The next question is read out, and where it came from is gone.
document.addEventListener("htmx:afterSwap", event => {
  if (event.detail.requestConfig?.elt.matches(".noting")) one("#note-text").focus();
  if (event.target.id !== "asked") return;
  const heading = one("h1", event.target);
  document.title = `${heading.textContent} · Prep`;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  began = Date.now();
});

// Ticked key points suggest a grade.
document.addEventListener("change", event => {
  const grades = event.target.name === "point" && one("[data-suggestions]");
  if (!grades) return;
  const best = grades.dataset.suggestions.split(",")[all("[name=point]:checked").length];
  for (const button of all("button", grades)) button.classList.toggle("best", button.value === best);
  one("#suggestion").textContent = `Suggested: ${one(".best", grades).getAttribute("aria-label")}`;
});

// The time: what was graded so far, and since this question came.
let began = Date.now();
setInterval(() => {
  const timer = one(".timer");
  if (timer) timer.textContent = Math.floor((Number(timer.dataset.seconds) + (Date.now() - began) / 1000) / 60);
}, 5000);

const zone = one("[name=time_zone]");
if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
// A list may not have it.
if (zone?.selectedIndex === -1) zone.value = "UTC";
