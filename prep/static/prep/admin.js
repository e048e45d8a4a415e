// The admin's pages: live preview of Markdown, suggestions for tags, the size of an upload.
"use strict";

const WAIT = 300;
const UPLOAD_LIMIT = 10 * 1024 * 1024;

// The learners' own style sheet, kept apart from the admin's in a shadow tree, where the tree's host stands for the page.
let learnersLook;
async function look() {
  const address = document.querySelector("textarea[data-look]").dataset.look;
  const css = (await (await fetch(address)).text()).replace(/(^|[\s,}])(?::root|html|body)(?=[\s,{])/g, "$1:host");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${css} :host { color-scheme: inherit; } .prose { padding: .75rem 1rem; }`);
  return sheet;
}

async function addPreview(area) {
  const host = document.createElement("div");
  host.className = "markdown-preview";
  host.tabIndex = 0;
  host.setAttribute("role", "region");
  host.setAttribute("aria-label", "Preview");
  const editor = document.createElement("div");
  editor.className = "markdown-editor";
  area.replaceWith(editor);
  editor.append(area, host);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [await (learnersLook ??= look())];
  let timer, shown, asked = 0;
  const show = async () => {
    if (area.value === shown) return;
    const number = ++asked;
    const text = area.value;
    const body = new FormData();
    body.set("text", text);
    body.set("kind", area.dataset.preview);
    body.set("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
    const response = await fetch(area.dataset.address, { method: "POST", body });
    if (!response.ok || number !== asked) return;
    root.innerHTML = await response.text();
    shown = text;
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, WAIT); });
  if (area.value) show();
}

function addPreviews(within) {
  for (const area of within.querySelectorAll("textarea[data-preview]")) {
    // Django clones this row for a new one.
    if (!area.name.includes("__prefix__") && !area.closest(".markdown-editor")) addPreview(area);
  }
}

// A browser matches suggestions with the whole line: each one is offered as the tags before it and itself.
function suggest(input) {
  const names = JSON.parse(input.dataset.suggestions);
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  const offer = () => {
    const before = input.value.slice(0, input.value.lastIndexOf(",") + 1);
    const chosen = new Set(before.split(",").map((name) => name.trim().toLowerCase()));
    const left = names.filter((name) => !chosen.has(name.toLowerCase()));
    list.replaceChildren(...left.map((name) => new Option(name, before ? `${before} ${name}` : name)));
  };
  input.addEventListener("input", offer);
  input.addEventListener("focus", offer);
}

function watchSize(input) {
  input.addEventListener("change", () => {
    const large = input.files.length > 0 && input.files[0].size > UPLOAD_LIMIT;
    input.setCustomValidity(large ? "The document is larger than 10 MiB." : "");
    input.form.noValidate = !large;
    input.reportValidity();
  });
}

// The boxes that Django puts in place of a select have no name of their own.
function nameBoxes(within) {
  for (const select of within.querySelectorAll("select.admin-autocomplete")) {
    const name = select.closest("td")?.className.replace(/^field-/, "") ?? select.labels[0]?.textContent;
    const parts = select.nextElementSibling?.querySelectorAll("[role=combobox], [role=textbox]") ?? [];
    for (const part of parts) part.setAttribute("aria-label", name);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  addPreviews(document);
  document.querySelectorAll("input[data-suggestions]").forEach(suggest);
  document.querySelectorAll("input[type=file][name=document]").forEach(watchSize);
  // In the queue in which Django's script makes them, after it: whichever event of the page comes first.
  window.django?.jQuery?.(() => nameBoxes(document));
});
document.addEventListener("formset:added", (event) => {
  addPreviews(event.target);
  setTimeout(() => nameBoxes(event.target));
});
