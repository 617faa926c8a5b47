/** The database roles. They belong to the whole server, so that all databases of the pool on it share them; none can log in. */
export const databaseRoles = {
  /** Library columns below L4, masked and control columns. */
  reader: 'citygraph_reader',
  /** Every library column. */
  readerL4: 'citygraph_reader_l4',
  /** Adds usage records, through functions alone; can neither change, delete nor read them. */
  logger: 'citygraph_logger',
  /** Reads the policy with the hashes of tokens, by which callers are known; nothing else. */
  policy: 'citygraph_policy',
  /** Takes records out of the queue into the tree and adds checkpoints; can neither read nor alter a record, nor alter a leaf. */
  sequencer: 'citygraph_sequencer',
  /** Makes the index of the usage log from its records, through one function alone. */
  indexer: 'citygraph_indexer',
  /** Reads the tree: what the public may see of the log. */
  publisher: 'citygraph_publisher',
  /** Reads usage records and the policy, save for its secrets. */
  auditor: 'citygraph_auditor',
  /** Looks for anomalies: reads the log and the grants, knows the canaries, adds alerts; no library, no secret. */
  watcher: 'citygraph_watcher',
} as const;

export type DatabaseRole = (typeof databaseRoles)[keyof typeof databaseRoles];
