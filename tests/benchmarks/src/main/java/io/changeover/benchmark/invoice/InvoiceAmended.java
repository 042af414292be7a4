package io.changeover.benchmark.invoice;

import io.changeover.event.EventType;

/** The amount of an invoice was corrected. Revision 1 had other names for both components. */
@EventType(name = "invoice.amended", revision = 2)
record InvoiceAmended(String invoiceId, long minorUnits) {}
