/** The migrations: SQL files beside this one, run in the order of their numbers. One that has been released is never changed. */
import { readFileSync, readdirSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

const FOLDER = new URL('migrations/', import.meta.url);
const FILE_NAME = /^(\d{4}-[a-z0-9-]+)\.sql$/;

export interface MigrationFile {
  /** As it is recorded in the database, e.g. `0001-first-slice`. */
  readonly name: string;
  readonly class: new (...args: ConstructorParameters<typeof Migration>) => Migration;
}

export function readMigrationFiles(): MigrationFile[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const name = FILE_NAME.exec(file)?.[1];
      return name === undefined ? [] : [{ name, class: migrationOf(readFileSync(new URL(file, FOLDER), 'utf8')) }];
    });
}

function migrationOf(sql: string): MigrationFile['class'] {
  return class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  };
}
