/** `citygraph schema`: writes the generated files of `schema/` and `docs/`. */
import { Command } from 'commander';
import { registry } from '../app.js';
import { writeSchemaFiles } from './schema-files.js';

export function schemaCommand(): Command {
  return new Command('schema')
    .description('生成 schema/ 与 docs/ 下的文件 write the generated files of schema/ and docs/')
    .option('--folder <folder>', 'schema/ 写到何处 where those of schema/ go', 'schema')
    .option('--documents <folder>', 'docs/ 写到何处 where those of docs/ go', 'docs')
    .action(async ({ folder, documents }: { folder: string; documents: string }) => {
      for (const file of await writeSchemaFiles(registry, { schema: folder, documents })) console.log(file);
    });
}
