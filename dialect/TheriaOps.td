// Every operation of the dialect.
include "dialect/CalculusOps.td"
include "dialect/EinsumOps.td"
include "dialect/IndexOps.td"
include "dialect/SdpaOps.td"
