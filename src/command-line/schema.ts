/** `citygraph schema`: writes the generated files of `schema/`. */
import { Command } from 'commander';
import { registry } from '../app.js';
import { writeSchemaFiles } from './schema-files.js';

export function schemaCommand(): Command {
  return new Command('schema')
    .description('生成 schema/ 下的文件 write the generated files of schema/')
    .option('--folder <folder>', 'where to', 'schema')
    .action(async ({ folder }: { folder: string }) => {
      for (const name of await writeSchemaFiles(registry, folder)) console.log(`${folder}/${name}`);
    });
}
