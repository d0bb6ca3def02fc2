import { expect, it } from "vitest";
import { putWord, type WordField } from "../../../core/parse/put-word.ts";
import { LogRecord } from "../../../core/record.ts";

it.each<[WordField, string, string | number]>([
  ["status", "404", 404],
  ["bytes", "0512", 512],
  ["path", "/a b", "/a b"],
  ["pid", "17", "17"],
])("%s is filled by %j", (field, word, value) => {
  const record = new LogRecord();
  expect(putWord(record, field, word)).toBe(true);
  expect(record[field]).toBe(value);
});

it.each<[WordField, string]>([
  ["status", "40"],
  ["status", "4040"],
  ["status", "4x4"],
  ["bytes", "1k"],
  ["bytes", "1".repeat(16)],
])("%s is not filled by %j", (field, word) => {
  const record = new LogRecord();
  expect(putWord(record, field, word)).toBe(false);
  expect(record).toEqual(new LogRecord());
});
