// A real HTTP call, guarded: a deadline for the whole, retries, a circuit breaker, a timeout for each attempt.
//
//     swift run --package-path Examples/guarded-http
//
// The server (FlakyServer.swift) turns the first attempt away and never answers the second; the third succeeds.
// What a server of yours would copy: `Greetings`, with its pipeline, its call and its classification of errors.

import Foundation
import FoundationNetworking
import Resilience

@main struct GuardedHTTP {
    static func main() async throws {
        let server = try FlakyServer()
        server.start()
        let greetings = try Greetings(port: server.port)
        print(try await greetings.get())
        print("breaker: \(greetings.breaker.state)")
    }
}

/// The client of one service. All calls to it share its policies.
struct Greetings {
    let breaker: CircuitBreaker<ContinuousClock>
    private let url: URL
    private let guarded: Pipeline<String>

    init(port: UInt16) throws {
        guard let url = URL(string: "http://127.0.0.1:\(port)/") else { throw URLError(.badURL) }
        self.url = url
        let clock = ContinuousClock()
        let backoff = try Backoff(
            .exponential(factor: 2), base: .milliseconds(50), max: .seconds(1), jitter: .proportional(0.2))
        let deadline = Timeout(try .deadline(.seconds(30)), clock: clock)
        let retry = Retry(
            try RetryRules(attempts: 4, backoff: backoff), clock: clock, random: { .random(in: 0..<1) },
            onEvent: Self.tell)
        let breaker = CircuitBreaker(try .pollyV7(failures: 5, open: .seconds(30)), clock: clock)
        let attempt = Timeout(try TimeoutRules(total: .seconds(2)), clock: clock)
        self.breaker = breaker
        guarded = Pipeline {
            deadline
            retry
            breaker
            attempt
        }
    }

    func get() async throws -> String {
        try await guarded.execute { [url] in
            do { return try await Self.fetch(url) } catch let error as URLError { throw Self.failure(error) }
        }
    }

    private static func fetch(_ url: URL) async throws -> String {
        let (body, response) = try await URLSession.shared.data(from: url)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        guard response.statusCode == 200 else {
            let wait = response.value(forHTTPHeaderField: "Retry-After").flatMap {
                RetryAfter(http: $0, now: .seconds(Date.now.timeIntervalSince1970))
            }
            throw Failure(.status(response.statusCode), retryAfter: wait)
        }
        return String(decoding: body, as: UTF8.self)
    }

    /// What policies make of URLSession's errors.
    private static func failure(_ error: URLError) -> Failure {
        switch error.code {
        case .timedOut: Failure(.timeout)
        case .cannotConnectToHost: Failure(.refused)
        case .networkConnectionLost: Failure(.reset)
        case .cancelled: Failure(.cancelled)
        default: Failure(.other)
        }
    }

    @Sendable private static func tell(_ event: RetryEvent) {
        switch event {
        case .attemptFinished(let number, _, nil): print("attempt \(number): ok")
        case .attemptFinished(let number, _, let failure?): print("attempt \(number): \(failure.kind)")
        case .scheduled(let wait, _, _): print("next attempt in \(wait.floor) to \(wait.ceiling)")
        case .givenUp(let reason, _): print("given up: \(reason.rawValue)")
        case .attemptStarted, .throttled: break
        }
    }
}
