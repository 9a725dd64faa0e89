//! Do tables hold what the JSON form holds, whatever kind of text columns an engine gives, and does nothing get lost?
#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, Date32Array, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
};
use arrow_schema::DataType;
use sayso::linking::{Linker, Scope, link_record, versions};
use sayso::types::record::StatementRecord;
use sayso::{Coder, Input, Profile, export, inputs};
use sayso_store::{Filter, Record};
use sayso_table::{
    Columns, ErrorKind, What, code, documents_of, each_batch, nested, read_parquet, schema, statements, statements_of, tables,
    write_parquet,
};

const NOW: &str = "2026-03-01T08:00:00Z";

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::of_profile(Profile::Fast).unwrap());

/// The repository's examples.
fn examples() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    inputs(&[folder], &Default::default(), Box::new(std::io::empty())).map(Result::unwrap).collect()
}

fn coded_directly() -> Vec<StatementRecord> {
    examples().iter().flat_map(|input| CODER.records(&CODER.document(input).unwrap())).collect()
}

/// The examples as a table, pages as bytes and texts as text.
fn table() -> RecordBatch {
    let inputs = examples();
    let field = |of: fn(&Input) -> Option<String>| -> ArrayRef { Arc::new(StringArray::from_iter(inputs.iter().map(of))) };
    let text = |format| move |input: &Input| input.bytes.as_ref().filter(|(_, known)| *known == format).map(|(bytes, _)| bytes.clone());
    let html = text(sayso::input::FileFormat::Html);
    let plain = text(sayso::input::FileFormat::Text);
    let as_text = |input: &Input| plain(input).map(|bytes| String::from_utf8(bytes).unwrap()).or_else(|| input.text.clone());
    RecordBatch::try_from_iter([
        ("id", field(|input| input.id.clone())),
        ("html", Arc::new(BinaryArray::from_iter(inputs.iter().map(html))) as ArrayRef),
        ("body", Arc::new(StringArray::from_iter(inputs.iter().map(as_text))) as ArrayRef),
        ("title", field(|input| input.title.clone())),
        ("url", field(|input| input.url.clone())),
        ("publisher", field(|input| input.publisher.clone())),
        ("published", field(|input| input.published.clone())),
        ("credit", field(|input| input.credit.clone())),
        ("language", field(|input| input.language.clone())),
        ("byline", field(|input| input.byline.clone())),
        ("retrieved", field(|input| input.retrieved.clone())),
    ])
    .unwrap()
}

fn columns() -> Columns {
    Columns::of([("text", "body")]).unwrap()
}

#[test]
fn a_table_of_the_examples_gives_the_statements_of_the_examples() {
    let expected = coded_directly();
    assert!(expected.len() > 20, "{}", expected.len());
    for cut in [1, 3, table().num_rows()] {
        let mut read = Vec::new();
        for from in (0..table().num_rows()).step_by(cut) {
            let part = table().slice(from, cut.min(table().num_rows() - from));
            let tables = tables(code(&CODER, &part, &columns(), from as i64).unwrap()).unwrap();
            assert_eq!(tables.errors.num_rows(), 0);
            read.extend(statements_of(&tables.statements).unwrap());
        }
        assert_eq!(read, expected, "cut into parts of {cut}");
    }
}

#[test]
fn documents_and_statements_are_read_again_as_they_were_written() {
    let documents: Vec<_> = examples().iter().map(|input| export::document_record(&CODER.document(input).unwrap())).collect();
    assert_eq!(documents_of(&sayso_table::documents(&documents).unwrap()).unwrap(), documents);
    let written = statements(&coded_directly()).unwrap();
    assert_eq!(written.schema(), *schema::STATEMENTS);
    assert_eq!(statements_of(&written).unwrap(), coded_directly());
    assert_eq!(written["unclaimed"].null_count() + written["contexts"].null_count(), 0);
}

#[test]
fn days_before_our_era_and_numbers_beyond_all_measure_are_no_fault() {
    let mut statement = coded_directly().into_iter().find(|s| s.time.is_some() && !s.quantities.is_empty()).unwrap();
    let time = statement.time.as_mut().unwrap();
    time.earliest = Some("-000500-01-01".to_owned());
    time.latest = Some("9999-12-31".to_owned());
    statement.quantities[0].high = Some(u64::MAX);
    let written = statements(&[statement]).unwrap();
    let quantities = written["quantities"].as_list::<i32>().value(0);
    assert_eq!(quantities.as_struct()["high"].as_primitive::<Int64Type>().value(0), i64::MAX);
}

const REPORT: &str = "Gunmen killed six farmers near Jos on Tuesday, police said.";

/// The rules of the statements that a text column gives.
#[track_caller]
fn check_text(column: ArrayRef) {
    let table = RecordBatch::try_from_iter([("text", column)]).unwrap();
    let coded = code(&CODER, &table, &Columns::default(), 0).unwrap();
    let (_, statements) = coded[0].read.as_ref().unwrap();
    assert_eq!(statements[0].coder.rule, "assault.kill");
}

#[test]
fn texts_of_every_kind_are_read() {
    check_text(Arc::new(StringArray::from(vec![REPORT])));
    check_text(Arc::new(LargeStringArray::from(vec![REPORT])));
    check_text(Arc::new(StringViewArray::from(vec![REPORT])));
    check_text(Arc::new(DictionaryArray::<arrow_array::types::Int32Type>::from_iter([REPORT])));
    check_text(Arc::new(BinaryArray::from(vec![REPORT.as_bytes()])));
}

#[test]
fn ids_may_be_numbers_and_dates_may_be_dates() {
    let table = RecordBatch::try_from_iter([
        ("id", Arc::new(Int64Array::from(vec![42])) as ArrayRef),
        ("text", Arc::new(StringArray::from(vec![REPORT])) as ArrayRef),
        ("published", Arc::new(Date32Array::from(vec![17_409])) as ArrayRef),
    ])
    .unwrap();
    let coded = code(&CODER, &table, &Columns::default(), 0).unwrap();
    let (document, statements) = coded[0].read.as_ref().unwrap();
    assert_eq!((document.id.as_str(), document.published.as_deref()), ("42", Some("2017-08-31")));
    assert_eq!(statements[0].time.as_ref().unwrap().edtf, "2017-08-29");
}

#[test]
fn a_bad_row_is_a_row_of_the_errors_and_the_others_are_read() {
    let texts = StringArray::from(vec![Some(REPORT), None, Some(""), Some(REPORT)]);
    let dates = StringArray::from(vec![None, None, None, Some("the other day")]);
    let ids = StringArray::from(vec!["a", "b", "c", "d"]);
    let columns = [("id", Arc::new(ids) as ArrayRef), ("text", Arc::new(texts) as ArrayRef), ("published", Arc::new(dates) as ArrayRef)];
    let coded = code(&CODER, &RecordBatch::try_from_iter(columns).unwrap(), &Columns::default(), 100).unwrap();
    let nested = nested(&coded).unwrap();
    assert_eq!(nested.schema(), *schema::CODED);
    assert_eq!((nested.num_rows(), nested["error"].null_count(), nested["document"].null_count()), (4, 1, 3));
    let tables = tables(coded).unwrap();
    assert_eq!((tables.documents.num_rows(), tables.statements.num_rows()), (1, 1));
    let rows: Vec<i64> = tables.errors["row"].as_primitive::<Int64Type>().values().to_vec();
    assert_eq!(rows, [101, 102, 103]);
    assert_eq!(tables.errors["id"].as_string::<i32>().value(2), "d");
    assert!(tables.errors["reason"].as_string::<i32>().value(2).contains("the other day"));
}

#[track_caller]
fn check_refused(columns: Result<Columns, sayso_table::Error>, expected: &str) {
    let table = RecordBatch::try_from_iter([("content", Arc::new(StringArray::from(vec![REPORT])) as ArrayRef)]).unwrap();
    let error = columns.and_then(|columns| code(&CODER, &table, &columns, 0)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Columns);
    assert!(error.to_string().contains(expected), "{error}");
}

#[test]
fn a_table_without_a_text_is_refused_with_its_columns() {
    check_refused(Ok(Columns::default()), "neither a column `text` nor a column `html`");
    check_refused(Ok(Columns::default()), "its columns are content");
    check_refused(Columns::of([("text", "contents")]), "no column `contents`, which is to hold `text`");
    check_refused(Columns::of([("body", "content")]), "`body` is nothing that is known of an article");
}

/// A linked record of the examples.
fn record() -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    let read = examples().into_iter().map(|input| {
        let document = CODER.document(&input).unwrap();
        (export::document_record(&document), CODER.records(&document))
    });
    record.add(&read.collect::<Vec<_>>()).unwrap();
    link_record(&Linker::embedded().unwrap(), &mut record, Scope::Everything, "test", &versions()).unwrap();
    record
}

#[test]
fn a_record_in_parquet_holds_all_that_the_record_holds() {
    let record = record();
    let folder = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    for what in What::ALL {
        let path = folder.path().join(what.as_str());
        let rows = write_parquet(&record, what, std::fs::File::create(&path).unwrap()).unwrap();
        let batches: Vec<RecordBatch> = read_parquet(std::fs::File::open(&path).unwrap()).unwrap().map(Result::unwrap).collect();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>() as u64, rows, "{}", what.as_str());
        assert!(rows > 0, "{}", what.as_str());
        assert_eq!(batches[0].schema().fields(), what.schema().fields());
        found.push(batches);
    }
    let statements: Vec<StatementRecord> = found[1].iter().flat_map(|batch| statements_of(batch).unwrap()).collect();
    assert_eq!(statements, record.statements(&Filter::default()).unwrap());
    let text = |batch: &RecordBatch, column: &str| -> BTreeSet<String> {
        batch[column].as_string::<i32>().iter().flatten().map(str::to_owned).collect()
    };
    let groups: BTreeSet<String> = found[2..5].iter().flatten().flat_map(|batch| text(batch, "id")).collect();
    let told: BTreeSet<String> = found[5].iter().flat_map(|batch| text(batch, "group_id")).collect();
    assert_eq!(groups, told);
    let known: BTreeSet<String> = statements.into_iter().map(|statement| statement.id).collect();
    assert!(found[5].iter().flat_map(|batch| text(batch, "statement_id")).all(|id| known.contains(&id)));
}

#[test]
fn what_takes_the_batches_can_end_it() {
    let mut batches = 0;
    let error = each_batch(&record(), What::Statements, &mut |batch| {
        batches += 1;
        Columns::of([("nothing", "")]).map(|_| drop(batch))
    });
    assert_eq!((batches, error.unwrap_err().kind()), (1, ErrorKind::Columns));
}

#[test]
fn a_file_that_is_no_parquet_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.parquet");
    std::fs::write(&path, "no parquet").unwrap();
    let error = read_parquet(std::fs::File::open(&path).unwrap()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::File);
}

#[test]
fn every_column_is_of_a_type_that_spark_has() {
    fn check(of: &DataType) {
        match of {
            DataType::Struct(fields) => fields.iter().for_each(|field| check(field.data_type())),
            DataType::List(item) => check(item.data_type()),
            DataType::Utf8 | DataType::Boolean | DataType::Int8 | DataType::Int32 | DataType::Int64 => {}
            DataType::Float32 | DataType::Float64 | DataType::Date32 => {}
            other => unreachable!("{other}"),
        }
    }
    for (_, schema) in schema::all() {
        schema.fields().iter().for_each(|field| check(field.data_type()));
    }
}
