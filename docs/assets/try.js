// Lets readers run the examples that tools/site has marked, and change them first. Python and the phone are in a
// worker of the page's; no server takes part. A program that takes too long, or prints too much, is ended with it.
(() => {
  "use strict";

  const SECONDS = 15;
  const LINES = 2000;
  const SIGNS = 200_000;
  const PLATFORMS = ["weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid"];

  const examples = [...document.querySelectorAll(".try-it")];
  if (!examples.length || !location.protocol.startsWith("http")) return; // from the disk there are no workers
  const script = document.currentScript;
  const place = new URL("try-worker.mjs", script.src);

  let worker = null;
  let loads = 0;
  let running = null;

  for (const block of examples) {
    const code = block.querySelector("pre");
    const example = { block, code, original: code.textContent.replace(/\n$/, ""), editor: null };
    block.example = example;
    const open = button("Try it", () => begin(example));
    open.title = "Runs it in this browser; the first time it loads Python, about 10 MB";
    const bar = document.createElement("div");
    bar.className = "try-bar";
    bar.append(open);
    block.append(bar);
    example.bar = bar;
  }

  function begin(example) {
    const { block, code, bar, original } = example;
    const editor = document.createElement("textarea");
    editor.value = original;
    editor.spellcheck = false;
    editor.autocapitalize = "off";
    editor.setAttribute("aria-label", "the example's code");
    editor.addEventListener("input", () => fit(editor));
    editor.addEventListener("keydown", (event) => typed(event, example));
    code.hidden = true;
    block.classList.add("tried");
    code.after(editor);
    const output = document.createElement("output");
    output.className = "try-output";
    block.append(output);
    const platform = document.createElement("select");
    platform.setAttribute("aria-label", "platform");
    for (const name of platformsOf(original)) platform.append(new Option(name));
    const run = button("Run", () => (running === example ? end(example, "Ended.") : start(example)));
    run.title = "Ctrl+Enter";
    bar.replaceChildren(run, platform, button("Reset", () => reset(example)));
    Object.assign(example, { editor, output, platform, run });
    fit(editor);
    start(example);
  }

  /** Where an example of the reference runs, as its first line says; the others run on any platform. */
  function platformsOf(code) {
    const told = code.match(/^# Runs on: (.*)/);
    const named = told ? told[1].split(",").map((name) => name.trim()) : [];
    const known = PLATFORMS.filter((name) => named.includes(name));
    return known.length ? known : PLATFORMS;
  }

  function start(example) {
    if (running) end(running, "Ended: another example was run.");
    running = example;
    clear(example);
    example.run.textContent = "Stop";
    if (!worker) {
      say(example, loads++ ? "Python is being loaded anew …" : "Python is being loaded, once for this page …", "note");
      worker = new Worker(place, { type: "module" });
      worker.addEventListener("message", ({ data }) => heard(data));
      worker.addEventListener("error", (event) => broken(event.message));
    }
    const { platform, editor } = example;
    worker.postMessage({ before: before(example), code: editor.value, platform: platform.value });
  }

  /** What the page's program is before this example: a guide's blocks belong together, those of the reference don't. */
  function before(example) {
    if (!example.block.classList.contains("highlight-python")) return [];
    const blocks = examples.filter((each) => each.classList.contains("highlight-python"));
    const earlier = blocks.slice(0, blocks.indexOf(example.block));
    return earlier.map(({ example: { editor, original } }) => (editor ? editor.value : original));
  }

  function heard({ kind, value }) {
    const example = running;
    if (!example) return;
    if (kind === "begun") {
      clear(example);
      const seconds = Number(script.dataset.seconds ?? SECONDS);
      example.limit = setTimeout(() => end(example, `Ended after ${seconds} seconds.`), seconds * 1000);
    } else if (kind === "text") {
      print(example, value);
    } else if (kind === "broken") {
      broken(value);
    } else if (kind === "crashed") {
      end(example, `Python has crashed: ${value}. The next run begins with a new one.`);
    } else if (kind === "done") {
      if (!example.output.childNodes.length) say(example, "The program has ended and printed nothing.", "note");
      finish(example);
    }
  }

  function broken(reason) {
    const example = running;
    if (example) end(example, `Python can't be loaded here: ${reason}`);
  }

  function end(example, why) {
    worker?.terminate();
    worker = null;
    say(example, why, "note");
    finish(example);
  }

  function finish(example) {
    clearTimeout(example.limit);
    example.run.textContent = "Run";
    running = null;
  }

  function reset(example) {
    example.editor.value = example.original;
    fit(example.editor);
    if (running !== example) clear(example);
  }

  function clear(example) {
    example.output.replaceChildren();
    Object.assign(example, { lines: 0, signs: 0, line: null });
  }

  /** Shows what the program prints, each line in an element of its own, of which the last may go on. */
  function print(example, text) {
    const pieces = text.slice(0, SIGNS - example.signs).split("\n");
    for (const [at, piece] of pieces.entries()) {
      if (at) example.line = null;
      if (!piece && at === pieces.length - 1) break; // what comes next begins a line
      if (!example.line && ++example.lines > LINES) return end(example, `Ended after ${LINES} lines.`);
      example.line ??= say(example, "");
      example.line.append(piece);
    }
    example.signs += text.length;
    if (example.signs > SIGNS) end(example, `Ended: it prints more than ${SIGNS} signs.`);
  }

  function say({ output }, text, kind = "") {
    const line = document.createElement("div");
    line.className = kind;
    line.textContent = text;
    output.append(line);
    return line;
  }

  function typed(event, example) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      start(example);
    }
  }

  function fit(editor) {
    editor.style.height = "auto";
    editor.style.height = `${editor.scrollHeight + 2}px`;
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }
})();
