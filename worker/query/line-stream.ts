import { logError } from "../../durable-objects/log.ts";

const encoder = new TextEncoder();

/**
 * Values as lines of JSON, made as they are taken. What goes wrong with the first one is thrown; later the last line is an error, since
 * the status has been told.
 */
export async function lineStream(values: AsyncGenerator<object, void>): Promise<ReadableStream<Uint8Array>> {
  let next: IteratorResult<object, void> | undefined = await values.next();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const value: IteratorResult<object, void> = next ?? (await values.next());
        next = undefined;
        if (value.done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value.value)}\n`));
      } catch (error) {
        logError("stream_broke_off", { error: String(error) });
        const told = { error: { code: "internal", message: "the answer broke off" } };
        controller.enqueue(encoder.encode(`${JSON.stringify(told)}\n`));
        controller.close();
      }
    },
    async cancel() {
      await values.return();
    },
  });
}
