import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/ */
export const cloudFront: Notes = {
  "AWS::CloudFront::AnycastIpList": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudFront::CachePolicy": { naturalKeys: [byKeys("/CachePolicyConfig/Name")] },
  "AWS::CloudFront::CloudFrontOriginAccessIdentity": {
    naturalKeys: [byKeys("/CloudFrontOriginAccessIdentityConfig/Comment")],
  },
  "AWS::CloudFront::ConnectionFunction": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudFront::ConnectionGroup": { naturalKeys: [byKeys("Name")] },
  // No two distributions share an alias. One without has only its comment to be known by.
  "AWS::CloudFront::Distribution": {
    naturalKeys: [byKeys("/DistributionConfig/Aliases"), byKeys("/DistributionConfig/Comment")],
  },
  "AWS::CloudFront::DistributionTenant": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudFront::Function": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudFront::KeyGroup": { naturalKeys: [byKeys("/KeyGroupConfig/Name")] },
  "AWS::CloudFront::OriginAccessControl": { naturalKeys: [byKeys("/OriginAccessControlConfig/Name")] },
  "AWS::CloudFront::OriginRequestPolicy": { naturalKeys: [byKeys("/OriginRequestPolicyConfig/Name")] },
  "AWS::CloudFront::PublicKey": { naturalKeys: [byKeys("/PublicKeyConfig/Name")] },
  "AWS::CloudFront::RealtimeLogConfig": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudFront::ResponseHeadersPolicy": { naturalKeys: [byKeys("/ResponseHeadersPolicyConfig/Name")] },
  "AWS::CloudFront::TrustStore": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudFront::VpcOrigin": { naturalKeys: [byKeys("/VpcOriginEndpointConfig/Name")] },
};
