import type { Buffer } from "node:buffer";
import type { PackText } from "../../core/delivery/pack-text.ts";
import type { PackedRows } from "../../core/segment/column-builder.ts";

const NEW_LINE = 0x0a;

/**
 * A pack's text as it came out of its compression, which `splitPackText` would cut in three. Segments and statistics are made of the
 * bytes (`ColumnBuilder.add`); `rows` and `agents` make a string each time they are asked for, for the database.
 */
export class PackBytes implements PackText {
  readonly firstSeq: number;
  readonly width: number;
  readonly rowBytes: Buffer;
  readonly agentBytes: Buffer;

  constructor(bytes: Buffer, firstSeq: number) {
    const rowsAt = bytes.indexOf(NEW_LINE) + 1;
    const agentsAt = bytes.indexOf(NEW_LINE, rowsAt) + 1;
    this.firstSeq = firstSeq;
    this.width = Number(String.fromCharCode(...bytes.subarray(0, rowsAt - 1)));
    this.rowBytes = bytes.subarray(rowsAt, agentsAt - 1);
    this.agentBytes = bytes.subarray(agentsAt);
  }

  /** As columns are made of them. */
  packed(shard: number): PackedRows {
    const { firstSeq, rowBytes, agentBytes } = this;
    return { shard, firstSeq, rowBytes, agentBytes };
  }

  get rows(): string {
    return this.rowBytes.toString("utf8");
  }

  get agents(): string {
    return this.agentBytes.toString("utf8");
  }
}
