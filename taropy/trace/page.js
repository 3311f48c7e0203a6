"use strict";
// Everything is in the page without this; what it adds are keys, a filter, and the screen beside the call looked at.
document.documentElement.classList.add("js");
const calls = [...document.querySelectorAll(".taro-call")];
const filter = document.getElementById("filter");
const stage = document.getElementById("stage");
const atTheEnd = [...stage.children];
const frames = new Map([...document.querySelectorAll(".film a")].map((a) => [use(a), a]));

function use(within) {
  const found = within && within.querySelector("use");
  return found && found.getAttribute("href");
}

function look(call) {
  for (const each of calls) each.classList.toggle("on", each === call);
  const seen = use(call);
  for (const [screen, frame] of frames) frame.classList.toggle("on", screen === seen);
  if (!seen) {
    stage.replaceChildren(...atTheEnd); // of a call that has not ended
    return;
  }
  const said = document.createElement("figcaption");
  said.textContent = "after " + call.id.replace("call-", "") + " " + call.querySelector(".taro-head b").textContent;
  stage.replaceChildren(call.querySelector(".taro-seen svg").cloneNode(true), said);
}

function go(call) {
  if (!call) return;
  const summary = call.querySelector("summary");
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "nearest" });
  look(call);
}

function shown() {
  return calls.filter((call) => !call.parentElement.hidden);
}

function next(from, step, wanted) {
  const all = shown();
  for (let at = all.indexOf(from) + step; at >= 0 && at < all.length; at += step) if (wanted(all[at])) return all[at];
  return null;
}

function open() {
  const call = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!call || !calls.includes(call)) return;
  call.parentElement.hidden = false;
  call.open = true;
  go(call);
}

for (const call of calls) {
  call.addEventListener("focusin", () => look(call));
  call.addEventListener("toggle", () => call.open && look(call));
}
addEventListener("hashchange", open);
if (filter) {
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const call of calls) call.parentElement.hidden = !call.textContent.toLowerCase().includes(wanted);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === filter) {
    if (event.key !== "Escape") return;
    filter.value = "";
    filter.dispatchEvent(new Event("input"));
    go(shown()[0]);
    return;
  }
  const here = document.activeElement.closest(".taro-call");
  const any = () => true;
  const failed = (call) => call.classList.contains("taro-error");
  const moves = {
    ArrowDown: () => next(here, 1, any),
    ArrowUp: () => here && next(here, -1, any),
    j: () => next(here, 1, any),
    k: () => here && next(here, -1, any),
    n: () => next(here, 1, failed) || next(null, 1, failed),
  };
  if (event.key === "/" && filter) {
    event.preventDefault();
    filter.focus();
  } else if (event.key in moves && (here || !event.key.startsWith("Arrow"))) {
    event.preventDefault();
    go(moves[event.key]());
  }
});
open();
