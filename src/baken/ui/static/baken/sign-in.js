/**
 * The work that lets members go before a flood of strangers, done while somebody types the password. Without it, or when it is
 * not ready, the form goes as it is. See `people/sign_in_work.py`.
 */
import { solve } from "./work.js";

const form = document.querySelector("input[name=challenge]")?.form;
if (form) {
  solve(form.elements.challenge.value).then((proof) => {
    form.elements.proof.value = proof;
  });
}
