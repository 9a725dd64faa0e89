//! Which address gives which page?

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::middleware;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::Markup;
use sayso_store::{ErrorKind, Filter, Record};

use crate::guard::guard;
use crate::pages::fault::Fault;
use crate::pages::{document, list};
use crate::question::{PAGE, Question, Which};

const STYLE: &str = include_str!("../ui/style.css");

/// The pages of the record at a path; it is opened anew for each request.
pub fn router(record: &Path) -> Router {
    let record: Arc<Path> = Arc::from(PathBuf::from(record));
    Router::new()
        .route("/", get(documents))
        .route("/document", get(one_document))
        .route("/style.css", get(style))
        .fallback(|| async { Fault::NoPage })
        .method_not_allowed_fallback(|| async { Fault::NoPage })
        .layer(middleware::from_fn(guard))
        .with_state(record)
}

async fn style() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], STYLE).into_response()
}

async fn documents(State(path): State<Arc<Path>>, question: Result<Query<Question>, QueryRejection>) -> Result<Html<String>, Fault> {
    let Query(question) = question.map_err(|_| Fault::NoPage)?;
    answer(path, move |record| {
        let size = record.size()?;
        let mut documents = record.documents(&question.filter())?;
        let has_more = documents.len() as u64 > PAGE;
        documents.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok(list::page(&list::Listing { question: &question, documents: &documents, size, has_more }))
    })
    .await
}

async fn one_document(State(path): State<Arc<Path>>, which: Result<Query<Which>, QueryRejection>) -> Result<Html<String>, Fault> {
    let Query(which) = which.map_err(|_| Fault::NoPage)?;
    answer(path, move |record| {
        let stored = match record.document(&which.id) {
            Err(error) if matches!(error.kind(), ErrorKind::Unknown | ErrorKind::Ambiguous) => {
                return Err(Fault::NoDocument(error.to_string()));
            }
            stored => stored?,
        };
        let statements = record.statements(&Filter { documents: vec![stored.record.id.clone()], ..Filter::default() })?;
        Ok(document::page(&stored, &statements))
    })
    .await
}

/// Makes a page of the record away from the threads that wait on the network.
async fn answer(path: Arc<Path>, page: impl FnOnce(&Record) -> Result<Markup, Fault> + Send + 'static) -> Result<Html<String>, Fault> {
    let made = tokio::task::spawn_blocking(move || page(&Record::open_read_only(&path)?)).await;
    let made = made.unwrap_or_else(|_| Err(Fault::Failed("this page could not be made; please report this".to_owned())));
    made.map(|markup| Html(markup.into_string()))
}
