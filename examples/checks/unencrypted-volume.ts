import type { Check } from "await-aws";

/** Which property says of a type that what it stores is encrypted. */
const says: Readonly<Record<string, string>> = {
  "AWS::EC2::Volume": "Encrypted",
  "AWS::EFS::FileSystem": "Encrypted",
  "AWS::RDS::DBInstance": "StorageEncrypted",
  "AWS::RDS::DBCluster": "StorageEncrypted",
  "AWS::Neptune::DBCluster": "StorageEncrypted",
  "AWS::DocDB::DBCluster": "StorageEncrypted",
  "AWS::Redshift::Cluster": "Encrypted",
};

/** Refuses storage that is not encrypted. */
export const noUnencryptedVolume: Check = ({ type, move, desired }) => {
  const property = says[type];
  if (property === undefined || move === "delete" || move === "forget") return undefined;
  return desired[property] !== true && desired[property] !== "true" && `${property} is not true`;
};
