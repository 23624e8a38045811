/** Passkeys that open a key. The browser asks the passkey for 32 bytes (the PRF extension); the server unlocks with them. */

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Ask any of these passkeys: which one answered, and its bytes; nothing where browser or passkey cannot. */
async function ask(credentials) {
  const publicKey = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    allowCredentials: credentials.map((one) => ({ type: "public-key", id: bytes(one.id) })),
    userVerification: "required",
    extensions: {
      prf: { evalByCredential: Object.fromEntries(credentials.map((one) => [one.id, { first: bytes(one.salt) }])) },
    },
  };
  const answer = await navigator.credentials.get({ publicKey });
  const output = answer.getClientExtensionResults().prf?.results?.first;
  const known = credentials.find((one) => one.id === answer.id);
  return output && known ? { label: known.label, output: text(output) } : null;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const credentials = JSON.parse(document.getElementById(form.dataset.passkey).textContent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await ask(credentials).catch(() => null);
    if (!found) {
      form.querySelector("[role=alert]").hidden = false;
      return;
    }
    form.elements.credential.value = found.label;
    form.elements.output.value = found.output;
    form.submit();
  });
}
