/** A reason to stop that the person at the keyboard can act on: its message is printed without a stack. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: number;

  /** @param exitCode 0 where stopping is what was asked for */
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a command line; its number is the exit code. */
export async function runCommand(main: (args: string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const expected = error instanceof Failure || code?.startsWith("ERR_PARSE_ARGS") || code === "ENOENT";
    console.error(expected ? message : error);
    process.exitCode = error instanceof Failure ? error.exitCode : 2;
  }
}
