//! What is an assistant told? The protocol's questions, answered by the tools and documents.

use std::sync::Arc;

use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult,
    ServerCapabilities, ServerConfig, Tool as Offered, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::Value;

use crate::arguments::question;
use crate::bounded::bounded;
use crate::error::Error;
use crate::tools::{TOOLS, Tool, named};
use crate::workbench::{Refused, Workbench};
use crate::{documents, said, schema};

/// How to cite, and what the record is not for.
const INSTRUCTIONS: &str = include_str!("instructions.md");

/// What answers an assistant.
pub(crate) struct Assistant {
    workbench: Workbench,
    offered: Vec<Offered>,
}

impl Assistant {
    /// What answers from a workbench.
    pub(crate) fn of(workbench: Workbench) -> Result<Assistant, Error> {
        let broken = |what: &str| Error::Broken(format!("the API is not described as the tool {what} needs it; please report this"));
        let api = serde_json::to_value(sayso_server::openapi()).map_err(|_| broken("search"))?;
        let offered = TOOLS.iter().map(|tool| offered(tool, &api).ok_or_else(|| broken(tool.name))).collect::<Result<_, _>>()?;
        Ok(Assistant { workbench, offered })
    }

    async fn call(&self, tool: &Tool, arguments: rmcp::model::JsonObject) -> Result<Value, String> {
        let question = question(tool, &arguments)?;
        let mut answer = self.workbench.ask(&question.path).await.map_err(|refused| refused.why)?;
        let said = tool.said.of(&answer, &self.workbench, arguments.get("as_of").and_then(Value::as_str)).await;
        if let Value::Object(fields) = &mut answer {
            fields.retain(|name, _| !tool.leaves_out.contains(&name.as_str()));
        }
        Ok(said::with(bounded(answer, question.from.as_ref()), said))
    }
}

fn offered(tool: &Tool, api: &Value) -> Option<Offered> {
    let reads = ToolAnnotations::with_title(tool.title).read_only(true).destructive(false).idempotent(true).open_world(false);
    let offered = Offered::new(tool.name, tool.told, schema::input(tool, api)?).with_title(tool.title);
    Some(offered.with_raw_output_schema(Arc::new(schema::output(tool, api)?)).with_annotations(reads))
}

fn unread(refused: Refused) -> ErrorData {
    if refused.unknown { ErrorData::resource_not_found(refused.why, None) } else { ErrorData::invalid_params(refused.why, None) }
}

impl ServerHandler for Assistant {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let sayso = Implementation::new("sayso", env!("CARGO_PKG_VERSION")).with_title("sayso: a sourced record of armed conflict");
        ServerConfig::new(capabilities).with_server_info(sayso).with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(&self, _: Option<PaginatedRequestParams>, _: RequestContext<RoleServer>) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.offered.clone()))
    }

    fn get_tool(&self, name: &str) -> Option<Offered> {
        self.offered.iter().find(|offered| offered.name == name).cloned()
    }

    async fn call_tool(&self, request: CallToolRequestParams, _: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = named(&request.name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let message = format!("there is no tool `{}`; there are {}", request.name, names.join(", "));
            return Err(ErrorData::invalid_params(message, None));
        };
        let told = match self.call(tool, request.arguments.unwrap_or_default()).await {
            Ok(answer) => CallToolResult::structured(answer),
            Err(why) => CallToolResult::error(vec![ContentBlock::text(why)]),
        };
        Ok(told.into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        documents::listed(&self.workbench, cursor.as_deref()).await.map_err(unread)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(vec![documents::template()]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let contents = documents::read(&self.workbench, &request.uri).await.map_err(unread)?;
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}
