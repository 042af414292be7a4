package io.changeover.view;

/** A declared version of a view, compiled and checked. */
public sealed interface VersionDefinition permits FoldedVersion, ForeignVersion, HandlerVersion {

    /** Which version this is. */
    VersionId id();

    /** Shape of the rows. */
    RowShape rows();

    /** How a row becomes the canonical record. */
    CanonicalForm canonical();
}
