import ArgumentParser

/// What `ensayo export` can write.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case mermaid
    case chromeTrace = "chrome-trace"
    case otlpJSON = "otlp-json"
    case csv, json
    case svg, text, asciicast
    case html, markdown
}

/// What a CSV file holds.
enum ExportTable: String, ExpressibleByArgument, CaseIterable {
    case figures, requests, spans, events
}
