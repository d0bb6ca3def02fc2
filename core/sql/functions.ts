/**
 * Functions that a statement may call: they compute from their arguments and nothing else. Left out are those that make large
 * values of nothing (zeroblob, randomblob), reach out (load_extension, edit, readfile) or tell of the engine (sqlite_…).
 */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `abs acos acosh asin asinh atan atan2 atanh avg cast ceil ceiling char coalesce concat concat_ws cos cosh count cume_dist
  current_date current_time current_timestamp date datetime degrees dense_rank exp first_value floor format glob group_concat hex ifnull
  iif instr json json_array json_array_length json_error_position json_extract json_group_array json_group_object json_insert
  json_object json_patch json_quote json_remove json_replace json_set json_type json_valid julianday lag last_value lead length
  like likelihood likely ln log log10 log2 lower ltrim max min mod nth_value ntile nullif octet_length percent_rank pi pow power printf
  quote radians rank replace round row_number rtrim sign sin sinh soundex sqrt strftime string_agg substr substring sum tan
  tanh time timediff total trim trunc typeof unhex unicode unixepoch unlikely upper`.split(/\s+/),
);

/** Functions that stand in the place of a table. */
export const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(["json_each", "json_tree"]);

/** Words that a parenthesis may follow without a call. */
export const NOT_CALLED: ReadonlySet<string> = new Set(
  `all and as between by case distinct else escape except exists filter from glob group having in intersect is isnull join like limit
  match materialized not notnull offset on or order over partition range rows groups regexp select then union using values when where
  window preceding following collate`.split(/\s+/),
);

/** Words that no reading statement has. */
export const FORBIDDEN: ReadonlySet<string> = new Set(
  `alter analyze attach begin commit create delete detach drop insert into pragma reindex release returning rollback savepoint
  update vacuum`.split(/\s+/),
);
