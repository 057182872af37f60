//! The composition root: settings become the service's state, and the features' routes become one app with its
//! OpenAPI document. `serve`, the demo and the tests all call it.
