/**
 * The step-by-step guide without a network: the five steps to read, the five weighing questions one at a time with a
 * way back, and the doors; for professions that are not under the Meldcode the internal route. With a network the
 * server does all this, and makes the record too. What follows from an answer is data (`bundle.meldcode.flow`, made
 * from `routes/meldcode.py`). Nothing is kept.
 */
import { route } from "./engine.js";
import { chooseFromAddress, el, load, sendOr } from "./page.js";
import { doorsSection, more, notice, stepList } from "./result.js";

/**
 * Follow the answers from the first question on, as `weigh` in `routes/meldcode.py`.
 * @param {Object} meldcode  `bundle.meldcode` @param {Object<string, "yes"|"no">} answers
 * @returns {{answered: string[][], next: ?string, conclusion: ?string}}
 */
export function weigh({ flow }, answers) {
  const answered = [];
  let next = Object.keys(flow)[0];
  let conclusion = null;
  while (next !== null && answers[next]) {
    const follows = flow[next][answers[next]];
    answered.push([next, answers[next]]);
    next = follows.ask ?? null;
    conclusion = follows.conclude ?? null;
  }
  return { answered, next, conclusion };
}

/** Show the question that is asked now, or the conclusion. */
function showQuestions(target, bundle, answers) {
  const { words, meldcode } = bundle;
  const { answered, next, conclusion } = weigh(meldcode, answers);
  const turn = (style, label, changed) => {
    const button = el(`button.button${style}`, { type: "button" }, label);
    button.addEventListener("click", () => showQuestions(target, bundle, changed).focus());
    return button;
  };
  const heading = el("h3", { tabindex: -1 }, next === null ? words.conclusion_title : words.questions_title);
  const given = answered.map(([code, answer]) =>
    el("li", {}, `${meldcode.questions[code].text} `, el("strong", {}, words[answer])),
  );
  const before = Object.fromEntries(answered.slice(0, -1));
  const choices = ["yes", "no"].map((answer) => turn("", words[answer], { ...answers, [next]: answer }));
  const question = meldcode.questions[next];
  const now = question
    ? [el("p.question__text", {}, question.text), el("p.question__help", {}, question.help)]
    : [el("p", {}, meldcode.conclusions[conclusion])];
  const turns = question ? choices : [turn(".button--secondary", words.start_again, {})];
  target.replaceChildren(
    heading,
    el("ul", { hidden: !given.length }, ...given),
    el("div.question.stack", {}, ...now, el("div.cluster", {}, ...turns)),
    ...(answered.length ? [turn(".button--quiet", words.back, before)] : []),
  );
  return heading;
}

/** @param {Object} bundle @param {FormData} data  what the form holds already @param {Date} now @returns {Node[]} */
function guide(bundle, data, now) {
  const { words, meldcode, professions } = bundle;
  const profession = Object.hasOwn(professions, data.get("profession")) ? data.get("profession") : "other";
  const under = professions[profession].fields.meldcode === "yes";
  const situation = { about: "person", sphere: under ? "home" : "unknown", profession };
  const doors = doorsSection(bundle, route(bundle, situation, null, now).doors, null, now);
  const offline = notice("info", "offline", words.offline_note, words.offline_hours);
  const title = el("h2", {}, words.steps_title);
  if (!under) return [title, offline, stepList(words, meldcode.internal_route.map((text) => ({ text }))), doors];
  const steps = meldcode.steps.map((step) =>
    more(step.title, el("p", {}, step.text), notice("info", "info", step.trafficking)),
  );
  const questions = el("div.stack");
  const given = Object.keys(meldcode.questions).map((code) => [code, data.get(`answer_${code}`)]);
  showQuestions(questions, bundle, Object.fromEntries(given.filter(([, answer]) => ["yes", "no"].includes(answer))));
  return [title, offline, el("div.stack.stack--tight", {}, ...steps), el("section.section", {}, questions), doors];
}

async function showHere(form) {
  const bundle = await load("bundle");
  const id = "offline-result";
  const target = document.getElementById(id) ?? el("div.stack", { id, tabindex: -1 });
  target.replaceChildren(...guide(bundle, new FormData(form), new Date()));
  form.after(target);
  target.scrollIntoView();
  target.focus();
}

for (const form of document.querySelectorAll("form#choose, form#guide")) {
  sendOr(form, () => showHere(form));
  const select = form.querySelector("select#profession");
  if (select) chooseFromAddress(select);
}
