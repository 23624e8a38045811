/* <baken-check>: the signal check of Baken on your own page.
 *
 *   <script type="module" src="https://baken.example/embed/baken-check.js"></script>
 *   <baken-check lang="nl" profession="desk_clerk" municipality="Oostzaan"></baken-check>
 *
 * The check stands in a frame with an origin of its own: your page cannot read what is ticked there, and the frame cannot
 * read your page. The frame only ever tells how high it is, what its heading is, and that somebody wants to leave.
 */

const ORIGIN = new URL(import.meta.url).origin;
const LANGUAGES = ["nl", "en", "hu", "bg", "mk"];
const SETTINGS = ["profession", "municipality"];
const SANDBOX = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox";
const LOWEST = 200;
const HIGHEST = 30000;
const LONGEST_TITLE = 120;

class BakenCheck extends HTMLElement {
  static observedAttributes = ["lang", ...SETTINGS];
  #frame = null;
  #pages = 0;
  #listen = (event) => this.#receive(event);

  connectedCallback() {
    if (!this.#frame) {
      this.#frame = this.#makeFrame();
      this.attachShadow({ mode: "open" }).append(this.#frame);
    }
    window.addEventListener("message", this.#listen);
    this.#show();
  }

  disconnectedCallback() {
    window.removeEventListener("message", this.#listen);
  }

  attributeChangedCallback(_name, before, after) {
    if (this.#frame && before !== after) this.#show();
  }

  #makeFrame() {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.setAttribute("loading", "lazy");
    frame.title = this.title || "Baken";
    Object.assign(frame.style, { display: "block", inlineSize: "100%", blockSize: "60rem", border: "0" });
    return frame;
  }

  #show() {
    const asked = (this.getAttribute("lang") || this.closest("[lang]")?.lang || "nl").slice(0, 2).toLowerCase();
    const address = new URL(`/${LANGUAGES.includes(asked) ? asked : "nl"}/embed/check/`, ORIGIN);
    for (const name of SETTINGS) {
      const value = this.getAttribute(name);
      if (value) address.searchParams.set(name, value);
    }
    if (this.#frame.src !== address.href) {
      this.#pages = 0;
      this.#frame.src = address.href;
    }
  }

  /* Only from our own frame: its sandbox gives it the origin "null". */
  #receive(event) {
    if (event.source !== this.#frame.contentWindow || event.origin !== "null") return;
    const message = event.data;
    if (typeof message !== "object" || message === null) return;
    if (message.type === "baken:height" && Number.isFinite(message.height)) {
      this.#frame.style.blockSize = `${Math.min(Math.max(Math.ceil(message.height), LOWEST), HIGHEST)}px`;
    } else if (message.type === "baken:page" && typeof message.title === "string") {
      this.#arrive(message.title);
    } else if (message.type === "baken:exit") {
      document.documentElement.style.setProperty("display", "none", "important");
      window.location.replace(new URL("/exit/", ORIGIN));
    }
  }

  #arrive(title) {
    this.#frame.title = this.title || title.slice(0, LONGEST_TITLE);
    this.#pages += 1;
    if (this.#pages > 1) this.scrollIntoView({ block: "start" });
  }
}

if (!customElements.get("baken-check")) customElements.define("baken-check", BakenCheck);
