namespace NsiPortal.Data;

/// <summary>The database cannot be used; the message is in French, for whoever runs the portal.</summary>
public sealed class DatabaseUnusableException(string message, Exception? inner) : Exception(message, inner);
