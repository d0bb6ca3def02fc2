// A plugin of miniflare (loaded by its path, see serve.mjs): one more socket of workerd, straight to the Worker's `Door`.
//
// Of miniflare's own sockets one leads through an entry written in JavaScript, the others (`unsafeDirectSockets`) do not tell
// who is at the other end. This one has workerd's own `cf` object, which holds the peer's address and nothing else.

/** The plugin's name, and what bindings of it are called. */
const NAME = "front-socket";

/** For `unsafeBindings`. @param {{ host: string, port: number }} options */
export const frontSocket = (options) => ({
  name: "FRONT_SOCKET",
  type: NAME,
  plugin: { package: import.meta.filename, name: NAME },
  options,
});

export const plugins = {
  [NAME]: {
    getBindings: () => undefined,
    getNodeBindings: () => ({}),
    getServices({ options: { config } }) {
      const binding = Object.values(config.env).find(({ type }) => type === `unsafe:${NAME}`);
      if (!binding) return undefined;
      const { host, port } = binding.dev.options;
      const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
      const service = { name: `core:user:${config.name}`, entrypoint: "Door" };
      return { services: [], extensions: [], sockets: [{ name: NAME, address, service, http: {} }] };
    },
  },
};
