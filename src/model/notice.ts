/**
 * What an answer says of the identifier it was asked by: `extensions.notices`, one entry for each look-up or refetch that needs one.
 *
 * It stands beside the data, not in it: a field would be missing where nobody selects it, would be null in every list, and would need a
 * classification and a grant of its own. Here it reaches every caller whose question was answered, with no right beyond `match`.
 *
 * INVARIANT: it reveals no more than the match. It comes of the row that matched, in row scope, or not at all: who may not match, or asks
 * for whom he may not see, gets the bytes of a miss. It tells of the value that the caller holds (that it is history, or that its subject
 * was one of two); never the current number, nor when or by whom it was corrected.
 */
export const notices = {
  SUBJECT_MERGED: {
    zh: '所用标识原属的主体已并入另一主体，应答为合并后的主体',
    en: 'the subject that this identifier named was found to be the same as another; the answer is about the surviving one',
  },
  IDENTIFIER_SUPERSEDED: {
    zh: '所用标识已非现行标识，应答为该主体的现行信息',
    en: 'this identifier is no longer the current one of its subject; the answer is about the same subject',
  },
} as const;

export type NoticeCode = keyof typeof notices;
