/** Mutations on trusted documents, and the list of a consumer's. */
import { GraphQLBoolean, GraphQLString } from 'graphql';
import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { DateTimeScalar } from '../model/scalars.js';
import { documentIdPrefix, hashOfDocumentId } from './document-id.js';
import { managerFor, type PolicyContext } from './policy-context.js';
import { PolicyChange, reasonDescription } from './policy.resolver.js';
import { readTrustedDocuments, type RegisteredDocument } from './read-documents.js';

@ObjectType({ description: '登记的查询文档。Documents as they were registered.' })
class RegisteredDocuments {
  @Field(() => GraphQLString, { description: '应用名称。Name of the consumer.' })
  consumer!: string;

  @Field(() => [GraphQLString], { description: '文档标识，按给出的顺序。Their ids, in the order given.' })
  documentIds!: readonly string[];
}

@ObjectType({ description: '一份可信查询文档。A trusted document.' })
class TrustedDocumentEntry {
  @Field(() => GraphQLString, { description: '文档标识，sha256: 加摘要。Its id: sha256: and the hash of its text.' })
  documentId!: string;

  @Field(() => GraphQLString, { description: '文档全文。The document.' })
  document!: string;

  @Field(() => GraphQLString, { description: '登记理由。Why it was registered.' })
  reason!: string;

  @Field(() => GraphQLString, { description: '登记人。Who registered it.' })
  registeredBy!: string;

  @Field(() => DateTimeScalar, { description: '登记时间。When it was registered.' })
  registeredAt!: string;
}

@ObjectType({ description: '应用的可信查询文档。The trusted documents of a consumer.' })
class TrustedDocumentList {
  @Field(() => GraphQLBoolean, { description: '是否只允许可信文档。Whether it may send these alone.' })
  only!: boolean;

  @Field(() => [TrustedDocumentEntry], { description: '各份文档。Its documents.' })
  documents!: readonly TrustedDocumentEntry[];
}

const consumerDescription = '应用名称。Name of the consumer.';
const idsDescription = '文档标识，sha256: 加摘要。Ids of the documents: sha256: and the hash.';

@Resolver()
export class DocumentsResolver {
  @Query(() => TrustedDocumentList, {
    nullable: true,
    description: '应用的可信查询文档。The trusted documents of a consumer.',
  })
  async trustedDocuments(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Ctx() { services }: PolicyContext,
  ): Promise<TrustedDocumentList> {
    const { only, documents } = await readTrustedDocuments(services.auditorPool, consumer);
    return { only, documents: documents.map(toEntry) };
  }

  @Mutation(() => RegisteredDocuments, {
    nullable: true,
    description: '为应用登记可信查询文档。Registers documents for a consumer, which it may then name by their ids.',
  })
  async registerTrustedDocuments(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Arg('documents', () => [GraphQLString], { description: '文档全文。The documents, as they will be hashed.' })
    documents: string[],
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<RegisteredDocuments> {
    for (const document of documents) context.services.checkDocument(document, context.profile);
    const hashes = await managerFor(context).registerDocuments(consumer, documents, reason);
    return { consumer, documentIds: hashes.map((hash) => `${documentIdPrefix}${hash}`) };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '撤回应用的可信查询文档，自提交之时生效。Withdraws documents of a consumer, from the commit on.',
  })
  async withdrawTrustedDocuments(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Arg('documentIds', () => [GraphQLString], { description: idsDescription }) documentIds: string[],
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    const hashes = documentIds.map((id) => hashOfDocumentId(id, 'documentIds'));
    await managerFor(context).withdrawDocuments(consumer, hashes, reason);
    return { target: consumer, change: 'documents withdrawn', reason };
  }

  @Mutation(() => PolicyChange, {
    nullable: true,
    description: '设定应用是否只可使用可信查询文档。Sets whether a consumer may send trusted documents alone.',
  })
  async requireTrustedDocuments(
    @Arg('consumer', () => GraphQLString, { description: consumerDescription }) consumer: string,
    @Arg('only', () => GraphQLBoolean, { description: '是否只可使用。Whether these alone.' }) only: boolean,
    @Arg('reason', () => GraphQLString, { description: reasonDescription }) reason: string,
    @Ctx() context: PolicyContext,
  ): Promise<PolicyChange> {
    await managerFor(context).setTrustedDocumentsOnly(consumer, only, reason);
    return { target: consumer, change: only ? 'trusted documents only' : 'any document', reason };
  }
}

function toEntry({ hash, registeredAt, ...row }: RegisteredDocument): TrustedDocumentEntry {
  return { ...row, documentId: `${documentIdPrefix}${hash}`, registeredAt: registeredAt.toISOString() };
}
