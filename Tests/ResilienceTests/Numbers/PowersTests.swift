import Foundation
import Testing

@testable import Resilience

/// What we compute ourselves against the C library.
@Suite struct PowersTests {
    @Test func agreeWithTheCLibrary() {
        for step in -2000...2000 {
            let x = Double(step) / 97
            #expect(abs(Powers.exp(x) / exp(x) - 1) < 1e-14, "e^\(x)")
            #expect(abs(Powers.log2(exp(x)) - log2(exp(x))) < 1e-14 * max(1, abs(x)), "log2 of e^\(x)")
            for y in [-2.5, -1, 0, 0.1, 0.5, 1, 3] {
                #expect(abs(Powers.pow(exp(x), y) / pow(exp(x), y) - 1) < 1e-12, "e^\(x) to the power of \(y)")
            }
        }
        #expect(Powers.pow(0, 2) == 0 && Powers.pow(0, 0) == 1 && Powers.pow(1, 7) == 1)
        #expect(Powers.exp(-1e9) == 0 && Powers.exp(1e9) == .infinity && Powers.log2(1) == 0 && Powers.log2(8) == 3)
    }
}
