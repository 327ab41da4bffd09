using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace NsiPortal.Hosting;

/// <summary>Views stand beside the controllers that use them: in the folder of the controller's namespace, then in what features share.</summary>
sealed class FeatureViews : IViewLocationExpander
{
    const string Folder = "folder";
    const string Features = ".Features.";

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        var space = (context.ActionContext.ActionDescriptor as ControllerActionDescriptor)?.ControllerTypeInfo.Namespace ?? "";
        var start = space.IndexOf(Features, StringComparison.Ordinal);
        context.Values[Folder] = start < 0 ? "" : space[(start + Features.Length)..].Replace('.', '/');
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        [$"/Features/{context.Values[Folder]}/{{0}}.cshtml", .. viewLocations];
}
