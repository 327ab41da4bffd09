# The portal as one image: build with the SDK and Node, run with the runtime alone.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src

# Packages first: they change less often than the sources.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY NsiPortal/NsiPortal.csproj NsiPortal/FrontEnd.targets NsiPortal/
RUN dotnet restore NsiPortal
COPY package.json package-lock.json .npmrc ./

COPY NsiPortal/ NsiPortal/
COPY wwwroot/ wwwroot/
RUN dotnet publish NsiPortal -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# The SQLite file lives where a volume is mounted. Railway refuses images that declare one themselves, and mounts it as root: there,
# set RAILWAY_RUN_UID=0.
ENV PORT=8080 PORTAL_DATA=/data
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
EXPOSE 8080

# Process 1 is the portal itself, so that SIGTERM reaches it. It migrates the database, then serves.
ENTRYPOINT ["dotnet", "NsiPortal.dll"]
CMD ["serve"]
