import type { Notes } from "../note.ts";
import { hides } from "./write-only.ts";

/**
 * What the registry calls write-only, as of 2026-11. Where a required one of these is fixed at creation no update can be
 * written: it must be in every one, is never shown and may not be sent again (pulumi-aws-native #1866).
 */
export const dataZone: Notes = {
  "AWS::DataZone::Connection": hides(
    "AwsLocation",
    "Configurations",
    "DomainIdentifier",
    "EnableTrustedIdentityPropagation",
    "EnvironmentIdentifier",
    "ProjectIdentifier",
    "Props",
    "Scope",
  ),
  "AWS::DataZone::DataSource": hides(
    "AssetFormsInput",
    "ConnectionIdentifier",
    "EnvironmentIdentifier",
    "DomainIdentifier",
    "Configuration",
    "ProjectIdentifier",
  ),
  "AWS::DataZone::Environment": hides(
    "EnvironmentProfileIdentifier",
    "ProjectIdentifier",
    "DomainIdentifier",
    "EnvironmentAccountIdentifier",
    "EnvironmentAccountRegion",
    "EnvironmentRoleArn",
    "EnvironmentBlueprintIdentifier",
    "DeploymentOrder",
    "EnvironmentConfigurationId",
  ),
  "AWS::DataZone::EnvironmentBlueprintConfiguration": hides(
    "DomainIdentifier",
    "EnvironmentBlueprintIdentifier",
    "EnvironmentRolePermissionBoundary",
    "GlobalParameters",
    "ProvisioningConfigurations",
  ),
  "AWS::DataZone::EnvironmentProfile": hides(
    "EnvironmentBlueprintIdentifier",
    "ProjectIdentifier",
    "DomainIdentifier",
  ),
  "AWS::DataZone::GroupProfile": hides(
    "DomainIdentifier",
    "GroupIdentifier",
    "RolePrincipalArn",
    "GroupType",
  ),
  "AWS::DataZone::Project": hides(
    "DomainIdentifier",
    "ProjectProfileVersion",
    "ProjectProfileId",
    "UserParameters",
    "MembershipAssignments",
    "ProjectExecutionRole",
  ),
  "AWS::DataZone::ProjectMembership": hides("Designation", "Member"),
  "AWS::DataZone::SubscriptionTarget": hides("DomainIdentifier", "EnvironmentIdentifier"),
  "AWS::DataZone::UserProfile": hides("DomainIdentifier", "UserIdentifier", "UserType", "SessionName"),
};
