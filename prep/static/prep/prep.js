// What the pages do beyond links and forms. Without it they work all the same.
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const answerOf = button => one(".answer", button.closest(".row, .card"));

// htmx: an address stands once, where a page without JavaScript has it; answers open beside the button that asked.
document.addEventListener("htmx:configRequest", event => {
  const { elt } = event.detail;
  const address = elt.getAttribute("formaction") ?? elt.getAttribute("href");
  if (address) event.detail.path = address;
});

document.addEventListener("htmx:beforeRequest", event => {
  const button = event.detail.elt;
  if (!button.matches("button.reveal") || button.getAttribute("aria-expanded") === "false") return;
  event.preventDefault();
  answerOf(button).replaceChildren();
  open(button, false);
});

// What was said of the last act is over with the next one.
document.addEventListener("htmx:beforeRequest", () => one("#messages").replaceChildren());

let focused, place;

document.addEventListener("htmx:beforeSwap", event => {
  const { target } = event.detail;
  focused = target.contains(document.activeElement) && document.activeElement.name;
  place = target.matches(".more") && target.previousElementSibling;
});

document.addEventListener("htmx:afterSwap", event => {
  const { elt, requestConfig } = event.detail;
  const button = requestConfig?.elt;
  if (!button) return;
  if (button.matches("button.reveal")) {
    open(button, true);
    show(answerOf(button));
  } else if (place) {
    one("h2 a", place.nextElementSibling)?.focus();
  } else if (focused) {
    const same = `[name=${focused}]`;
    (elt.matches(same) ? elt : one(same, elt))?.focus();
  }
});

function show(answer) {
  answer.focus({ preventScroll: true });
  if (answer.getBoundingClientRect().top <= innerHeight * 0.6) return;
  (answer.closest(".session") ? answer : answer.closest(".row, .card")).scrollIntoView();
}

function open(button, opened) {
  button.setAttribute("aria-expanded", opened);
  button.textContent = opened ? "Hide answer" : "Reveal answer";
  answerOf(button).hidden = !opened;
  one(".hint")?.toggleAttribute("hidden", opened);
}

// What failed says so, instead of a button that seems to do nothing.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, event => {
    const message = document.createElement("p");
    message.className = "message error";
    message.textContent = event.detail.xhr.status === 403
      ? "You signed in again since this page was opened. Reload it and try again."
      : "That did not work. Reload the page and try again.";
    one("#messages").replaceChildren(message);
  });
}

// A copy button on every block of code.
function enhance() {
  for (const block of all(".prose pre")) {
    if (block.parentElement.matches(".code")) continue;
    const frame = document.createElement("div");
    const button = document.createElement("button");
    frame.className = "code";
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    block.replaceWith(frame);
    frame.append(block, button);
  }
}

document.addEventListener("click", async event => {
  const button = event.target.closest("button");
  if (button?.matches(".copy")) {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  } else if (button?.matches("[data-keys]")) {
    one("#keys").showModal();
  }
});

// The keyboard. A row has the focus, or the whole page is about one question.
const rows = () => all(".row");
const current = () => document.activeElement.closest?.(".row") ?? one(".card");
const press = selector => current() && one(selector, current())?.click();
const step = by => {
  const list = rows();
  const at = list.indexOf(document.activeElement.closest?.(".row"));
  const next = at < 0 ? list[0] : list[at + by];
  if (next) one("h2 a", next).focus();
};
const follow = rel => one(`.card a[rel=${rel}]`)?.click();

const CLOSED = ".reveal[aria-expanded=false]";

const KEYS = {
  "/": () => one("input[type=search]")?.focus(),
  "j": () => step(1),
  "k": () => step(-1),
  "ArrowDown": () => step(1),
  "ArrowUp": () => step(-1),
  " ": () => press(CLOSED),
  "Enter": () => press(CLOSED),
  "r": () => press(".reveal"),
  "m": () => press(".master"),
  "s": () => press(".star"),
  "n": () => one("#note-text")?.focus(),
  "[": () => follow("prev"),
  "]": () => follow("next"),
  "ArrowLeft": () => follow("prev"),
  "ArrowRight": () => follow("next"),
  "?": () => one("#keys").showModal(),
};
// What a focused element does with a key of its own is left to it.
const OWN = {
  " ": "a, button, summary, input, .answer, [tabindex='0']",
  "Enter": "a, button, summary, input, .answer",
  "ArrowUp": "body, [tabindex]",
  "ArrowDown": "body, [tabindex]",
  "ArrowLeft": "[tabindex='0']",
  "ArrowRight": "[tabindex='0']",
};

document.addEventListener("keydown", event => {
  const { key, target } = event;
  const typing = target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (typing && key === "Escape") {
    target.blur();
    one(".session h1")?.focus({ preventScroll: true });
  }
  if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  if (!Object.hasOwn(KEYS, key) || (OWN[key] && target.matches(OWN[key]))) return;
  if ((key === " " || key === "Enter") && !one(`.card ${CLOSED}`)) return;
  event.preventDefault();
  KEYS[key]();
});

document.addEventListener("htmx:load", enhance);
document.addEventListener("DOMContentLoaded", enhance);
