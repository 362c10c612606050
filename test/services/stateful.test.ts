import { describe, expect, test } from "vitest";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import { isStatefulType, statefulTypes, statelessTypes } from "../../src/services/stateful.ts";

const property =
  /Snapshot|Backup|Delet\w*Protect|TerminationProtect|AllocatedStorage|StorageCapacity|StorageSize|StorageMode|VolumeSize|Retention|EngineVersion|KeySpec|KeyUsage|KeyMaterial|MasterUser|AdminUser|PointInTime/i;
const name =
  /(?:Cluster|Database|DB|Table|Bucket|Volume|FileSystem|Domain|Vault|Key|Ledger|Repository|Keyspace|UserPool|Directory|Secret|HostedZone|CertificateAuthority|Certificate|Datastore|DataStore|Store|Graph|Collection|Index|Archive|Workspace|WorkspacesPool|Broker|Stream|Instance|Server)$/;

const stateful = Object.values(statefulTypes).flat();
const stateless = Object.values(statelessTypes).flat();
const all = bundledTypes().map((type) => type.replace(/^AWS::/, ""));

const showsSign = (type: string): boolean => {
  const { members, stateful: marked } = bundledFacts(`AWS::${type}`) ?? {};
  return (
    marked === true ||
    name.test(type) ||
    Object.keys(members?.properties ?? {}).some((one) => property.test(one))
  );
};

describe("the two lists of what is lost with a resource", () => {
  test("hold every type that shows a sign of data, or of being dear to make again", () => {
    const known = new Set([...stateful, ...stateless]);
    const unjudged = all.filter((type) => showsSign(type) && !known.has(type));
    expect(unjudged, "say in src/services/stateful.ts whether losing one loses something").toEqual([]);
  });

  test("agree with each other, and name only types that there are", () => {
    const twice = [...stateful, ...stateless].filter((type, i, types) => types.indexOf(type) !== i);
    expect(twice).toEqual([]);
    const known = new Set(all);
    expect([...stateful, ...stateless].filter((type) => !known.has(type))).toEqual([]);
  });

  test("are what the facts say", () => {
    const marked = all.filter((type) => bundledFacts(`AWS::${type}`)?.stateful === true);
    expect(marked).toEqual(all.filter((type) => isStatefulType(`AWS::${type}`)));
    expect(marked.length).toBeGreaterThan(110);
  });

  const guarded =
    "MSK::Cluster AmazonMQ::Broker EKS::Cluster MemoryDB::Cluster DSQL::Cluster Timestream::Table Cassandra::Table " +
    "S3Tables::TableBucket S3Express::DirectoryBucket S3Vectors::VectorBucket OpenSearchServerless::Collection " +
    "ECR::Repository RedshiftServerless::Namespace RDS::GlobalCluster DocDBElastic::Cluster FSx::FileSystem " +
    "Route53::HostedZone EC2::Instance WorkSpaces::Workspace ACMPCA::CertificateAuthority";
  test.each(guarded.split(" "))("%s is guarded", (type) => {
    expect(bundledFacts(`AWS::${type}`)?.stateful).toBe(true);
  });
});
