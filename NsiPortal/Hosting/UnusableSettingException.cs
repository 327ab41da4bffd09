namespace NsiPortal.Hosting;

/// <summary>A setting with which the portal cannot begin; the message is in French, for whoever runs it.</summary>
public sealed class UnusableSettingException(string message) : Exception(message);
