import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/ */
export const cloudFront: Notes = {
  "AWS::CloudFront::AnycastIpList": { naturalKeys: [by("Name")] },
  "AWS::CloudFront::CachePolicy": { naturalKeys: [by("/CachePolicyConfig/Name")] },
  "AWS::CloudFront::CloudFrontOriginAccessIdentity": {
    naturalKeys: [by("/CloudFrontOriginAccessIdentityConfig/Comment")],
  },
  "AWS::CloudFront::ConnectionFunction": { naturalKeys: [by("Name")] },
  "AWS::CloudFront::ConnectionGroup": { naturalKeys: [by("Name")] },
  // No two distributions share an alias. One without has only its comment to be known by.
  "AWS::CloudFront::Distribution": {
    naturalKeys: [by("/DistributionConfig/Aliases"), by("/DistributionConfig/Comment")],
  },
  "AWS::CloudFront::DistributionTenant": { naturalKeys: [by("Name")] },
  "AWS::CloudFront::Function": { naturalKeys: [by("Name")] },
  "AWS::CloudFront::KeyGroup": { naturalKeys: [by("/KeyGroupConfig/Name")] },
  "AWS::CloudFront::OriginAccessControl": { naturalKeys: [by("/OriginAccessControlConfig/Name")] },
  "AWS::CloudFront::OriginRequestPolicy": { naturalKeys: [by("/OriginRequestPolicyConfig/Name")] },
  "AWS::CloudFront::PublicKey": { naturalKeys: [by("/PublicKeyConfig/Name")] },
  "AWS::CloudFront::RealtimeLogConfig": { naturalKeys: [by("Name")] },
  "AWS::CloudFront::ResponseHeadersPolicy": { naturalKeys: [by("/ResponseHeadersPolicyConfig/Name")] },
  "AWS::CloudFront::TrustStore": { naturalKeys: [by("Name")] },
  "AWS::CloudFront::VpcOrigin": { naturalKeys: [by("/VpcOriginEndpointConfig/Name")] },
};
