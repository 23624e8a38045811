/** A new passkey is asked to be able to open a key later: some must be told when they are made. */

const container = navigator.credentials;
if (container) {
  const create = container.create.bind(container);
  container.create = (options) =>
    create({ ...options, publicKey: { ...options.publicKey, extensions: { ...options.publicKey.extensions, prf: {} } } });
}
