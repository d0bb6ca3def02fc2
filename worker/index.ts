export default { fetch: () => new Response("weir") } satisfies ExportedHandler;
