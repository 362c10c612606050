import type { Pointer } from "../../json.ts";
import type { Check, Premise } from "../note.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
const target = String.raw`method\.response\.header\.\S+`;
const source = String.raw`'[^']*'|integration\.response\.(?:header|multivalueheader|body)(?:\.\S.*)?|(?:context|stageVariables)\.\S+`;

/** What the maps of response parameters below a place take. */
export const responseParameters = (above: Pointer, severity: Check["severity"]): readonly Check[] => [
  {
    at: `${above}/ResponseParameters/*`,
    isKey: true,
    form: target,
    takes: "method.response.header.<name>",
    severity,
  },
  {
    at: `${above}/ResponseParameters/*`,
    form: source,
    takes:
      "'static text' in single quotes, integration.response.header.<name> or integration.response.body.<expression>",
    severity,
  },
];

/** The response that is taken where no other matches: terraform-provider-aws #17212 and #10222 show both, reads neither. */
export const defaultPattern: readonly string[] = ["", "-"];

/** How bodies may be converted. */
export const contentHandling = (at: Pointer): Check => ({
  at,
  form: "CONVERT_TO_BINARY|CONVERT_TO_TEXT",
  takes: "CONVERT_TO_BINARY or CONVERT_TO_TEXT",
  severity: "error",
});

/** A status code as API Gateway writes it. */
export const statusCode = (at: Pointer): Check => ({
  at,
  form: String.raw`[1-5]\d\d`,
  takes: "a status code such as 200",
  severity: "error",
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-integration-responses.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-integration-settings.html
const passedOn = "what a proxy integration answers goes out as it is, and this response is never used";

/** A V2 API that asks for responses to its messages. */
export const webSocketApi: Premise = {
  type: "AWS::ApiGatewayV2::Api",
  at: "/ProtocolType",
  form: "WEBSOCKET",
  otherwise: "only WebSocket APIs use these responses",
};

/** A V2 integration whose answers can be mapped. */
export const mappedIntegration: Premise = {
  type: "AWS::ApiGatewayV2::Integration",
  at: "/IntegrationType",
  form: "AWS|HTTP|MOCK",
  otherwise: passedOn,
};

/** The same of V1. */
export const mappedMethod: Premise = {
  type: "AWS::ApiGateway::Integration",
  at: "/Type",
  form: "AWS|HTTP|MOCK",
  otherwise: passedOn,
};
